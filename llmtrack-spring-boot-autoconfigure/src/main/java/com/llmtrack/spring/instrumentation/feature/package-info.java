// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Support for {@code @LlmFeature}: annotated methods, and their reactive and deferred
 * results.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
