// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * From a usage event to LLMtrack: the queue, the dispatcher, and the decision when to
 * send, wait or pause. Knows neither HTTP nor JSON; these are behind a port.
 */
@Internal
@NullMarked
package com.llmtrack.spring.delivery;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
