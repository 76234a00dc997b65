// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The trace that a request is made in, as Micrometer Tracing or OpenTelemetry knows it.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.trace;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
