// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The WebClient transport: request, JSON, and reading the answer.
 */
@Internal
@NullMarked
package com.llmtrack.spring.delivery.http;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
