// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The smallest application with Spring AI.
 */
@NullMarked
package com.llmtrack.benchmarks.application;

import org.jspecify.annotations.NullMarked;
