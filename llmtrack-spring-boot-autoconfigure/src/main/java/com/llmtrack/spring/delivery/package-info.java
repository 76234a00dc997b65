// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Delivery of events: the queue, the dispatcher, and the decision when to send, wait or
 * pause. Independent of HTTP and JSON, which are behind {@code EventTransport}.
 */
@Internal
@NullMarked
package com.llmtrack.spring.delivery;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
