// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What leans on the internals of other libraries: their class names, stack frames and
 * message texts. Each class has a test that fails when the library no longer works this
 * way.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.internals;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
