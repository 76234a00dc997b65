// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health, endpoint and metrics.
 */
class ActuatorTests extends AbstractShopTests {

	@Autowired
	private Titles titles;

	@Test
	void healthHasAComponent() {
		assertThat(get("/actuator/health")).contains("\"llmtrack\":");
		assertThat(get("/actuator/health/llmtrack")).contains("\"status\":\"UP\"", "\"state\":\"active\"");
	}

	@Test
	void endpointReports() {
		this.titles.title("Hi");
		assertEvents("title " + Providers.CALL);
		assertThat(get("/actuator/llmtrack")).contains("openAiChatModel", "title", llmTrack.baseUrl().toString())
			.doesNotContain(llmTrack.apiKey());
	}

	@Test
	void endpointListsModelsWithoutEvents() {
		assertThat(get("/actuator/llmtrack"))
			.containsPattern("\"openAiImageModel\"[^{}]*\"instrumented\":false[^{}]*neither a ChatModel nor");
	}

	@Test
	void endpointSendsATestEvent() {
		assertThat(http().post().uri("/actuator/llmtrack/test").retrieve().body(String.class)).contains("accepted");
		assertThat(llmTrack.await(1)).singleElement()
			.satisfies((event) -> assertThat(event.get("metadata.feature")).isEqualTo("llmtrack-test"));
	}

	@Test
	void prometheusHasTheDocumentedMetrics() {
		this.titles.titles("Hi").blockLast();
		this.titles.title("Hi");
		assertEvents("title " + Providers.CALL, "title " + Providers.STREAM);
		await().untilAsserted(() -> {
			String metrics = get("/actuator/prometheus");
			Stream
				.of("llmtrack_requests_seconds_count{", "llmtrack_tokens_total{", "llmtrack_events_total{",
						"llmtrack_delivery_retries_total", "llmtrack_delivery_seconds_count",
						"llmtrack_delivery_state{", "llmtrack_delivery_in_flight_events", "llmtrack_queue_size_events",
						"llmtrack_queue_capacity_events", "llmtrack_pending_age_seconds")
				.forEach((name) -> assertThat(metrics).contains(name));
			assertThat(metrics.lines()).anyMatch(
					(line) -> line.startsWith("llmtrack_events_total{outcome=\"delivered\"") && !line.endsWith(" 0.0"))
				.anyMatch((line) -> line.startsWith("llmtrack_tokens_total{feature=\"title\",kind=\"prompt\""));
		});
	}

}
