// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where a feature comes from: annotations, and the reactive and deferred results of
 * annotated methods.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
