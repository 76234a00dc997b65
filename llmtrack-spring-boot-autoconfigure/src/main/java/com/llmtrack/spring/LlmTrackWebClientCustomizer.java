// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Customizes only the {@link WebClient} that delivers events to LLMtrack, for example to
 * add a header that a gateway requires. All beans of this type are called in order.
 * Customizers, filters and observations of the application's own clients do not apply to
 * this one.
 * <p>
 * Called in the background before the first event is sent, and again whenever the client
 * is rebuilt. While a customizer throws an exception, events stay pending and are
 * retried.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmTrackWebClientCustomizer {

	/**
	 * Customize the client. Filters run for every event, on threads that must not block.
	 * @param builder the builder, with everything that LLMtrack requires already set
	 */
	void customize(WebClient.Builder builder);

}
