// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.List;
import java.util.function.IntSupplier;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares events with the requests that providers received.
 */
public final class EventAssertions {

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
	public static List<JsonNode> assertEvents(StubServers servers, IntSupplier requests, String... expected) {
		List<JsonNode> events = servers.awaitEvents(expected.length);
		assertThat(events).extracting(EventAssertions::describe).containsExactlyInAnyOrder(expected);
		Waiting.await().untilAsserted(() -> assertThat(requests.getAsInt()).isEqualTo(expected.length));
		return events;
	}

	public static String describe(JsonNode event) {
		String tokens = number(event, "prompt_tokens") + "/" + number(event, "completion_tokens") + "/"
				+ number(event, "total_tokens");
		return event.get("status").asString() + " " + ("?/?/?".equals(tokens) ? "?" : tokens);
	}

	private static String number(JsonNode event, String name) {
		return event.get(name).isNull() ? "?" : event.get(name).asString();
	}

}
