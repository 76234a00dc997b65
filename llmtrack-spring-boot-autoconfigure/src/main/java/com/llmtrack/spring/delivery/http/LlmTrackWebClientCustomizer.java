// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Changes the {@link WebClient} that carries events to LLMtrack, and no other one: adds a
 * header that a gateway asks for, or a filter. Each bean of this type is called, in their
 * order. What the application does about its own clients, by builders, customizers,
 * filters or observations, does not reach this one.
 * <p>
 * Called in the background when the first event is sent, and again whenever the client
 * has to be built anew. While a customizer fails, events are kept and tried again.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmTrackWebClientCustomizer {

	/**
	 * Customize the client. What it adds runs with every event, on threads of the client
	 * that must not be blocked.
	 * @param builder builds the client, and has all that LLMtrack needs
	 */
	void customize(WebClient.Builder builder);

}
