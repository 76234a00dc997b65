// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Code that depends on the internals of other libraries: class names, stack frames and
 * message texts. Each class has a test that fails when the library changes them.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.internals;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
