// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * One call of a model: what it is linked to, how it ends, and the event that it becomes.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
