// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The demonstration: stand-ins for OpenAI and LLMtrack, so that the example runs without
 * a key and without a network. Not for use in applications.
 */
@NullMarked
package com.llmtrack.sample.demo;

import org.jspecify.annotations.NullMarked;
