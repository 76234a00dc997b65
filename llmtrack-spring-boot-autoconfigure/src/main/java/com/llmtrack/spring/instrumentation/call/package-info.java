// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * One call of a model: its links to other calls, its end, and the event made from it.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
