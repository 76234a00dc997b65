// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Stand-ins for OpenAI and LLMtrack, so that the sample runs without a key or a network.
 * Not for use in applications.
 */
@NullMarked
package com.llmtrack.sample.demo;

import org.jspecify.annotations.NullMarked;
