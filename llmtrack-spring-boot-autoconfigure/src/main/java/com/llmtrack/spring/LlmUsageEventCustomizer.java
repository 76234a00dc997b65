// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

/**
 * Changes or discards events before they are queued. Beans of this type are called in
 * order, on the thread on which the request ended, so they should be fast. Exceptions are
 * logged, and the event then stays as it was.
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
