// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What leans on internals of other libraries, which may change without notice. Each class
 * has a test that fails when the library no longer behaves as expected.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.internals;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
