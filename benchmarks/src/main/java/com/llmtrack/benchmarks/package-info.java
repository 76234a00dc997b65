// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the starter costs, beside what people use today.
 */
@NullMarked
package com.llmtrack.benchmarks;

import org.jspecify.annotations.NullMarked;
