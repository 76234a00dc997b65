/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
