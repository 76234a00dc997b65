// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The server through HTTP.
 */
@ExtendWith(OutputCaptureExtension.class)
class LlmTrackServerTests {

	private static final String EVENT = "{\"provider\":\"openai\",\"model\":\"m\",\"prompt_tokens\":1,"
			+ "\"completion_tokens\":2,\"total_tokens\":3,\"latency_ms\":4,\"status\":\"success\","
			+ "\"cost\":0.25,\"metadata\":{\"feature\":\"chat\"}}";

	private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

	private final LlmTrackServer server = LlmTrackServer.start();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void eventIsAcceptedLoggedAndKept(CapturedOutput output) throws Exception {
		HttpResponse<String> response = post("1", EVENT);
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(response.body()).isEqualTo("{\"ok\":true,\"consumption_source\":\"included\"}");
		ReceivedEvent event = this.server.await(1).get(0);
		assertThat(event.body()).isEqualTo(EVENT);
		assertThat(event.idempotencyKey()).isEqualTo("1");
		assertThat(event.get("metadata.feature")).isEqualTo("chat");
		assertThat(event.get("total_tokens")).isEqualTo(3);
		assertThat(event.get("cost")).isEqualTo(new BigDecimal("0.25"));
		assertThat(event.get("model.name")).isNull();
		assertThat(output).contains("LLMtrack stand-in: received " + EVENT);
	}

	@Test
	void repeatedEventIsADuplicateUntilReset() throws Exception {
		post("1", EVENT);
		HttpResponse<String> response = post("1", EVENT);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"ok\":true,\"duplicate\":true}");
		post("2", EVENT);
		assertThat(this.server.received()).extracting(ReceivedEvent::idempotencyKey).containsExactly("1", "2");
		this.server.reset();
		assertThat(this.server.received()).isEmpty();
		assertThat(post("1", EVENT).statusCode()).isEqualTo(201);
	}

	@Test
	void costOfAnAcceptedEventIsAnsweredIfItIsKnown() throws Exception {
		this.server.calculateCosts((event) -> event.get("model").equals("m") ? new BigDecimal("0.000000015") : null);
		assertThat(post("1", EVENT).body())
			.isEqualTo("{\"ok\":true,\"consumption_source\":\"included\",\"cost\":0.000000015}");
		assertThat(post("2", EVENT.replace("\"m\"", "\"unknown\"")).body()).doesNotContain("cost");
		this.server.answerNext(LlmTrackAnswer.failure(), LlmTrackAnswer.lost());
		assertThat(post("3", EVENT).body()).doesNotContain("cost");
		assertThatIOException().isThrownBy(() -> post("4", EVENT));
		this.server.reset();
		assertThat(post("1", EVENT).body()).contains("cost");
	}

	@Test
	void listenerIsToldOfEachAcceptedEventBeforeItsAnswer() throws Exception {
		List<ReceivedEvent> told = new CopyOnWriteArrayList<>();
		this.server.addListener(told::add);
		this.server.answerNext(LlmTrackAnswer.failure(), LlmTrackAnswer.created());
		assertThat(post("1", EVENT).statusCode()).isEqualTo(500);
		assertThat(told).isEmpty();
		assertThat(post("1", EVENT).statusCode()).isEqualTo(201);
		post("1", EVENT);
		assertThat(told).isEqualTo(this.server.received()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Authorization | Bearer stand-in-llmtrack-key | 201 | ok",
					"x-api-key | stand-in-llmtrack-key | 201 | ok", "x-api-key | other | 401 | Invalid API key",
					"Authorization | Bearer other | 401 | Invalid API key", "x-other | other | 401 | Missing API key",
					"Authorization | 'Bearer ' | 401 | Missing API key" })
	void keyIsChecked(String header, String value, int status, String text) throws Exception {
		HttpResponse<String> response = send(
				request(EVENT).header("Content-Type", "application/json").header(header, value).build());
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).contains(text);
		assertThat(this.server.refused()).hasSize((status == 201) ? 0 : 1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "text/plain | {} | Content-Type", "application/json | nonsense | no JSON",
			"application/json | {} | provider", "application/json;charset=UTF-8 | {} | provider" })
	void bodyAgainstTheContractIsRefused(String contentType, String body, String text) throws Exception {
		HttpResponse<String> response = send(
				request(body).header("Content-Type", contentType).header("x-api-key", this.server.apiKey()).build());
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("Invalid payload", text);
		assertThat(this.server.received()).isEmpty();
		assertThat(this.server.refused()).singleElement().asString().contains(text, body);
	}

	@ParameterizedTest
	@CsvSource({ "200, pricing_status", "201, included", "400, Invalid payload", "401, Invalid API key",
			"402, Free plan quota exceeded", "500, Internal server error" })
	void answerIsChangedOverHttp(int status, String text) throws Exception {
		assertThat(put(String.valueOf(status)).body()).startsWith("From now on the answer is " + status);
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = post(String.valueOf(i), EVENT);
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(response.body()).contains(text);
		}
		assertThat(this.server.received()).hasSize((status < 300) ? 2 : 0);
		assertThat(this.server.refused()).isEmpty();
	}

	@Test
	void unknownAnswerIsRefused() throws Exception {
		assertThat(put("418").statusCode()).isEqualTo(400);
		assertThat(post("1", EVENT).statusCode()).isEqualTo(201);
	}

	@Test
	void nextAnswersComeBeforeTheStandingOne() throws Exception {
		this.server.answer(LlmTrackAnswer.planLimitReached());
		this.server.answerNext(LlmTrackAnswer.failure(), LlmTrackAnswer.error(503, "say \"later\""));
		assertThat(post("1", EVENT).statusCode()).isEqualTo(500);
		assertThat(post("1", EVENT).body()).isEqualTo("{\"error\":\"say \\\"later\\\"\"}");
		assertThat(post("1", EVENT).statusCode()).isEqualTo(402);
		this.server.reset();
		assertThat(post("1", EVENT).statusCode()).isEqualTo(201);
	}

	@Test
	void htmlIsNoAcceptance() throws Exception {
		this.server.answer(LlmTrackAnswer.html());
		HttpResponse<String> response = post("1", EVENT);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void closedConnectionIsNoAcceptance() {
		this.server.answer(LlmTrackAnswer.connectionClosed());
		assertThatIOException().isThrownBy(() -> post("1", EVENT));
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void eventOfALostAnswerIsKept() throws Exception {
		this.server.answerNext(LlmTrackAnswer.lost());
		// The client may try again by itself
		this.server.answer(LlmTrackAnswer.connectionClosed());
		assertThatIOException().isThrownBy(() -> post("1", EVENT));
		assertThat(this.server.received()).hasSize(1);
		this.server.answer(LlmTrackAnswer.created());
		assertThat(post("1", EVENT).body()).contains("duplicate");
	}

	@Test
	void lateAnswerHoldsUpNoOther() throws Exception {
		this.server.answerNext(LlmTrackAnswer.created().after(Duration.ofMinutes(1)));
		CompletableFuture<?> late = sendAsync(eventRequest("1", EVENT).build());
		assertThat(this.server.await(1)).hasSize(1);
		assertThat(post("2", EVENT).statusCode()).isEqualTo(201);
		assertThat(late).isNotDone();
	}

	@Test
	void answerIsAsLateAsItIsTold() throws Exception {
		this.server.answerNext(LlmTrackAnswer.ok().after(Duration.ofMillis(200)));
		long start = System.nanoTime();
		assertThat(post("1", EVENT).statusCode()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
	}

	@Test
	void onlyTheIngestEndpointIsThere() throws Exception {
		assertThat(send(HttpRequest.newBuilder(this.server.baseUrl()).build()).statusCode()).isEqualTo(404);
	}

	@Test
	void awaitSaysWhatThereWas() throws Exception {
		post("1", EVENT);
		post("2", "{}");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.server.await(2, Duration.ofMillis(10)))
			.withMessageContainingAll("at least 2 event(s) within 10 ms", EVENT, "provider is missing");
	}

	@Test
	void propertiesPointToTheServer() {
		Map<String, Object> properties = new LinkedHashMap<>();
		this.server.registerProperties((String name, Supplier<Object> value) -> properties.put(name, value.get()));
		assertThat(properties).isEqualTo(Map.of("llmtrack.enabled", true, "llmtrack.base-url", this.server.baseUrl(),
				"llmtrack.api-key", "stand-in-llmtrack-key"));
	}

	@Test
	void closeEndsTheServerAndItsThreads() throws Exception {
		this.server.answerNext(LlmTrackAnswer.created().after(Duration.ofMinutes(1)));
		CompletableFuture<?> late = sendAsync(eventRequest("1", EVENT).build());
		this.server.await(1);
		this.server.close();
		assertThat(late).failsWithin(Duration.ofSeconds(30));
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> post("2", EVENT));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !this.threadsBefore.contains(thread))
				.extracting(Thread::getName)
				.doesNotContain("llmtrack-stand-in"));
	}

	@Test
	void noThreadKeepsTheJvmAlive() {
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().matches("HTTP-Dispatcher|llmtrack-stand-in"))
			.isNotEmpty()
			.allMatch(Thread::isDaemon);
	}

	private HttpResponse<String> post(String idempotencyKey, String body) throws IOException, InterruptedException {
		return send(eventRequest(idempotencyKey, body).build());
	}

	private HttpRequest.Builder eventRequest(String idempotencyKey, String body) {
		return request(body).header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + this.server.apiKey())
			.header("Idempotency-Key", idempotencyKey);
	}

	private HttpRequest.Builder request(String body) {
		return HttpRequest.newBuilder(URI.create(this.server.baseUrl() + "/api/ingest"))
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private HttpResponse<String> put(String status) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(this.server.baseUrl() + "/answer/" + status))
			.PUT(HttpRequest.BodyPublishers.noBody())
			.build());
	}

	private CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, HttpResponse.BodyHandlers.ofString());
	}

}
