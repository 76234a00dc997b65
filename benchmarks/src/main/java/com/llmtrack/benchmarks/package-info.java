// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Compares the starter's overhead with that of Spring AI's metrics and OpenTelemetry.
 */
@NullMarked
package com.llmtrack.benchmarks;

import org.jspecify.annotations.NullMarked;
