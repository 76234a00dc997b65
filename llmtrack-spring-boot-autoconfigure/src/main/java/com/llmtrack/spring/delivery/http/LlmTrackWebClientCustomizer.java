// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Customizes the {@link WebClient} that carries events to LLMtrack, and no other one:
 * adds a header that a gateway requires, or a filter. All beans of this type are called,
 * in their order. Builders, customizers, filters and observations of the application's
 * own clients do not affect this one.
 * <p>
 * Called in the background when the first event is sent, and again whenever the client
 * has to be rebuilt. While a customizer fails, events stay pending.
 */
@FunctionalInterface
public interface LlmTrackWebClientCustomizer {

	/**
	 * Customize the client. Filters run with every event, on threads of the client that
	 * must not be blocked.
	 * @param builder the builder, already configured for LLMtrack
	 */
	void customize(WebClient.Builder builder);

}
