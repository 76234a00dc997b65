// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads tokens, model names and provider names from Spring AI's types.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
