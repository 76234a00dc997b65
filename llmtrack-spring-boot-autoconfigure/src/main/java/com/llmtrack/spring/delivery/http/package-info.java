// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Transport of events by {@code WebClient}: requests, JSON and responses.
 */
@Internal
@NullMarked
package com.llmtrack.spring.delivery.http;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
