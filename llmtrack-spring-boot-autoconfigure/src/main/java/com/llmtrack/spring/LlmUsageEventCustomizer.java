// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

/**
 * Changes events, or keeps them from being sent, before they are queued. Beans of this
 * type are called in their order, on the thread on which the request ended, and so should
 * be quick. What one throws is logged, and the event stays as it was before.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmUsageEventCustomizer {

	/**
	 * Customize an event.
	 * @param event the event
	 * @return the event to send, made by {@link LlmUsageEvent#toBuilder()} if it differs;
	 * {@code null} to send none
	 */
	@Nullable LlmUsageEvent customize(LlmUsageEvent event);

}
