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

package com.llmtrack.spring;

import java.util.List;
import java.util.function.IntSupplier;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What events are compared with: the requests that providers got.
 */
final class EventAssertions {

	private EventAssertions() {
	}

	/**
	 * Assert that there is one event per request, each with its status and its tokens.
	 * @param servers the servers
	 * @param requests how many requests the provider got
	 * @param expected status and tokens of each event, in any order, such as
	 * {@code success 3/4/7} or {@code error ?}
	 * @return the events
	 */
	static List<JsonNode> assertEvents(StubServers servers, IntSupplier requests, String... expected) {
		List<JsonNode> events = servers.awaitEvents(expected.length);
		assertThat(events).extracting(EventAssertions::describe).containsExactlyInAnyOrder(expected);
		Waiting.await().untilAsserted(() -> assertThat(requests.getAsInt()).isEqualTo(expected.length));
		return events;
	}

	static String describe(JsonNode event) {
		String tokens = number(event, "prompt_tokens") + "/" + number(event, "completion_tokens") + "/"
				+ number(event, "total_tokens");
		return event.get("status").asString() + " " + ("?/?/?".equals(tokens) ? "?" : tokens);
	}

	private static String number(JsonNode event, String name) {
		return event.get(name).isNull() ? "?" : event.get(name).asString();
	}

}
