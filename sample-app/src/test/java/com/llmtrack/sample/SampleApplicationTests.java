// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.llmtrack.spring.test.LlmTrackServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the sample as its user does, and uses it over HTTP.
 */
@SpringBootTest(useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationTests {

	private static final int FIRST_REQUESTS = 6;

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private LlmTrackServer llmTrack;

	@LocalServerPort
	private int port;

	@Value("${llmtrack.base-url}")
	private String llmTrackUrl;

	@AfterEach
	void answerNormally() throws Exception {
		answerWith(201);
	}

	@Test
	void eachFeatureIsUsedOnceAtStart() {
		List<JsonNode> events = awaitEvents(FIRST_REQUESTS).subList(0, FIRST_REQUESTS);
		assertThat(events).extracting((event) -> event.at("/metadata/feature").asString())
			.containsExactlyInAnyOrder("support-chat", "summary", "story", "order-status", "order-status",
					"translation");
		assertThat(events).allSatisfy((event) -> {
			boolean fails = event.at("/metadata/feature").asString().equals("translation");
			assertThat(event.get("provider").asString()).isEqualTo("openai");
			assertThat(event.get("model").asString()).isEqualTo(fails ? "no-such-model" : "gpt-4o-mini-2024-07-18");
			assertThat(event.get("status").asString()).isEqualTo(fails ? "error" : "success");
			assertThat(event.get("total_tokens").isNull()).isEqualTo(fails);
			assertThat(event.get("environment").asString()).isEqualTo("demo");
		});
	}

	@ParameterizedTest
	@CsvSource({ "chat, 200, support-chat, success", "summary, 200, summary, success", "story, 200, story, success",
			"order, 200, order-status, success", "translation, 502, translation, error" })
	void eachFeatureIsServedAndTracked(String path, int httpStatus, String feature, String status) throws Exception {
		int before = awaitEvents(FIRST_REQUESTS).size();
		assertThat(get("/" + path).statusCode()).isEqualTo(httpStatus);
		JsonNode event = awaitEvents(before + 1).get(before);
		assertThat(event.at("/metadata/feature").asString()).isEqualTo(feature);
		assertThat(event.get("status").asString()).isEqualTo(status);
	}

	@Test
	void eachRoundWithAToolIsOneEvent() throws Exception {
		int before = awaitEvents(FIRST_REQUESTS).size();
		assertThat(get("/order?question=Where%20is%20order%2012?").body()).contains("tool says", "Order 12 left");
		List<JsonNode> events = awaitEvents(before + 2);
		assertThat(events).hasSize(before + 2);
		assertThat(events.subList(before, before + 2))
			.allSatisfy((event) -> assertThat(event.at("/metadata/feature").asString()).isEqualTo("order-status"));
	}

	@Test
	void chatHasACustomerAndAConversation() throws Exception {
		int before = awaitEvents(FIRST_REQUESTS).size();
		get("/chat?customer=initech&conversation=42");
		JsonNode event = awaitEvents(before + 1).get(before);
		assertThat(event.path("customer_id").asString()).isEqualTo("initech");
		assertThat(event.at("/metadata/conversation_id").asString()).isEqualTo("42");
	}

	@Test
	void roundsWithAToolAreOneTurnForOneCustomer() throws Exception {
		int before = awaitEvents(FIRST_REQUESTS).size();
		get("/order?customer=initech");
		List<JsonNode> rounds = awaitEvents(before + 2).subList(before, before + 2);
		assertThat(rounds).extracting((event) -> event.path("customer_id").asString()).containsOnly("initech");
		assertThat(rounds).extracting((event) -> event.at("/metadata/turn_id").asString())
			.doesNotContain("")
			.containsOnly(rounds.get(0).at("/metadata/turn_id").asString());
	}

	@Test
	void storyIsStreamed() throws Exception {
		HttpResponse<String> response = get("/story?subject=tests");
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
		assertThat(response.body().lines().filter((line) -> line.startsWith("data:"))).hasSizeGreaterThan(5);
	}

	@ParameterizedTest
	@CsvSource({ "llmtrack, openAiChatModel", "health, llmtrack", "info, version", "prometheus, llmtrack_requests",
			"metrics, llmtrack.events" })
	void actuatorShowsLlmTrack(String endpoint, String text) throws Exception {
		awaitEvents(FIRST_REQUESTS);
		HttpResponse<String> response = get("/actuator/" + endpoint);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains(text).doesNotContain("stand-in-llmtrack-key");
	}

	@Test
	void costsThatLlmTrackAnswersAreMeasured() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(get("/actuator/prometheus").body())
				.contains("llmtrack_cost_usd_total{feature=\"summary\""));
	}

	@Test
	void modelFailsOnDemand() throws Exception {
		assertThat(get("/chat?question=simulate%20HTTP%20403").statusCode()).isEqualTo(502);
	}

	@Test
	void eventsSurviveAnOutageOfLlmTrack(CapturedOutput output) throws Exception {
		int before = awaitEvents(FIRST_REQUESTS).size();
		answerWith(500);
		assertThat(get("/chat").statusCode()).isEqualTo(200);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(output).contains("answered 500 as told"));
		answerWith(201);
		assertThat(awaitEvents(before + 1)).hasSize(before + 1);
	}

	@ParameterizedTest
	@CsvSource({ "400, Invalid payload", "402, Free plan quota exceeded", "500, Internal server error" })
	void standInAnswersAsTold(int status, String error) throws Exception {
		answerWith(status);
		HttpResponse<String> response = ingest("stand-in-llmtrack-key", "application/json", "{}");
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).contains(error);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "other-key | application/json | {} | 401 | Invalid API key",
					"'' | application/json | {} | 401 | Missing API key",
					"stand-in-llmtrack-key | text/plain | {} | 400 | Content-Type",
					"stand-in-llmtrack-key | application/json | nonsense | 400 | no JSON",
					"stand-in-llmtrack-key | application/json | {\"provider\":\"openai\"} | 400 | model" })
	void standInIsAsStrictAsTheContract(String key, String contentType, String body, int status, String error)
			throws Exception {
		HttpResponse<String> response = ingest(key, contentType, body);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).contains(error);
	}

	@Test
	void standInAnswersARepeatedEventAsADuplicate() throws Exception {
		int before = awaitEvents(FIRST_REQUESTS).size();
		String event = """
				{"provider":"openai","model":"gpt-4o-mini","prompt_tokens":1,"completion_tokens":2,"total_tokens":3,\
				"latency_ms":4,"status":"success"}""";
		HttpRequest request = ingestRequest("stand-in-llmtrack-key", "application/json", event)
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.build();
		HttpResponse<String> first = send(request);
		assertThat(first.statusCode()).isEqualTo(201);
		assertThat(first.body()).contains("\"ok\":true", "\"consumption_source\":\"included\"");
		assertThat(send(request).body()).contains("\"duplicate\":true");
		assertThat(awaitEvents(before + 1)).hasSize(before + 1);
	}

	private List<JsonNode> awaitEvents(int count) {
		return this.llmTrack.await(count, Duration.ofSeconds(30))
			.stream()
			.map((event) -> JsonMapper.shared().readTree(event.body()))
			.toList();
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build());
	}

	private void answerWith(int status) throws IOException, InterruptedException {
		send(HttpRequest.newBuilder(URI.create(this.llmTrackUrl + "/answer/" + status))
			.PUT(HttpRequest.BodyPublishers.noBody())
			.build());
	}

	private HttpResponse<String> ingest(String key, String contentType, String body)
			throws IOException, InterruptedException {
		return send(ingestRequest(key, contentType, body).build());
	}

	private HttpRequest.Builder ingestRequest(String key, String contentType, String body) {
		return HttpRequest.newBuilder(URI.create(this.llmTrackUrl + "/api/ingest"))
			.header("x-api-key", key)
			.header("Content-Type", contentType)
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, HttpResponse.BodyHandlers.ofString());
	}

}
