// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.OutgoingEvent;
import com.llmtrack.spring.testsupport.EventSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebClientTransport} against a server that implements HTTP correctly.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@Timeout(60)
abstract class AbstractWebClientTransportTests extends AbstractTransportTests {

	/**
	 * Return what controls the server.
	 */
	abstract WireMock server();

	/**
	 * Return where the server is.
	 */
	abstract String baseUrl();

	@BeforeEach
	void accept() {
		server().resetToDefaultMappings();
		respondWith(accepted());
	}

	@AfterEach
	void onlyEventsAreSent() {
		requests().forEach((request) -> EventSchema.validated(request.getBodyAsString()));
	}

	@Test
	void sendsTheDocumentedRequest() {
		OutgoingEvent event = event();
		assertThat(send(transport(url("")), event).join()).isEqualTo(new DeliveryResult.Accepted(false));
		LoggedRequest request = request();
		assertThat(request.getUrl()).isEqualTo("/api/ingest");
		assertThat(request.header("Content-Type").values()).containsExactly("application/json");
		assertThat(request.header("Authorization").values()).containsExactly("Bearer " + KEY);
		assertThat(request.header("Idempotency-Key").values()).containsExactly(event.idempotencyKey());
		assertThat(request.header("User-Agent").firstValue())
			.matches("llmtrack-spring-boot/\\d+\\.\\d+\\.\\d+(-\\w+)?");
		assertThat(request.header("Accept").values()).containsExactly("application/json");
		assertThat(request.getBodyAsString()).isEqualTo("""
				{"provider":"openai","model":"gpt-4o-mini","prompt_tokens":120,"completion_tokens":80,\
				"total_tokens":200,"latency_ms":842,"status":"success","metadata":{"feature":"chat-completion"}}""");
	}

	@Test
	void sendsNoHeadersBeyondThoseThatAreNeeded() {
		resultOf(transport(url("")));
		assertThat(request().getHeaders().all()).extracting(HttpHeader::key)
			.extracting((name) -> name.toLowerCase(Locale.ROOT))
			.isSubsetOf("host", "content-type", "content-length", "accept", "authorization", "user-agent",
					"idempotency-key", "accept-encoding", "connection");
	}

	@Test
	void sendsTheKeyAsTheOtherHeaderIfToldSo() {
		resultOf(transport(settings(url("")).authScheme(AuthScheme.X_API_KEY).build()));
		assertThat(request().header("x-api-key").values()).containsExactly(KEY);
		assertThat(request().containsHeader("Authorization")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sendsExtendedFieldsUnlessToldNotTo(boolean extendedFields) {
		LlmUsageEvent event = LlmUsageEvent.builder().environment("staging").build();
		send(transport(settings(url("")).extendedFields(extendedFields).build()), new OutgoingEvent(event, "1")).join();
		assertThat(EventSchema.validated(request().getBodyAsString()).has("environment")).isEqualTo(extendedFields);
	}

	@Test
	void bodyIsUtf8() {
		LlmUsageEvent event = LlmUsageEvent.builder().feature("Überprüfung \uD83D\uDE00").build();
		send(transport(url("")), new OutgoingEvent(event, "1")).join();
		assertThat(EventSchema.validated(request().getBodyAsString()).at("/metadata/feature").asString())
			.isEqualTo("Überprüfung \uD83D\uDE00");
	}

	@Test
	void eventThatCannotBeEncodedIsNotTriedAgain() {
		LlmUsageEvent event = LlmUsageEvent.builder().latency(Duration.ofSeconds(Long.MAX_VALUE)).build();
		assertThat(send(transport(url("")), new OutgoingEvent(event, "1")).join())
			.isInstanceOf(DeliveryResult.Rejected.class);
		assertThat(requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/prefix", "/prefix/", "/a/b%20c" })
	void pathIsAppendedToTheBaseUrl(String path) {
		assertThat(resultOf(transport(url(path)))).isEqualTo(new DeliveryResult.Accepted(false));
		String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		assertThat(request().getUrl()).isEqualTo(prefix + "/api/ingest");
	}

	@ParameterizedTest
	@MethodSource("responses")
	void responseIsRead(ResponseDefinitionBuilder response, DeliveryResult result) {
		respondWith(response);
		assertThat(resultOf(transport(url("")))).isEqualTo(result);
	}

	static Stream<Arguments> responses() {
		String html = "<html><body>Please log in</body></html>";
		return Stream.of(
				Arguments.of(WireMock.okJson("{\"ok\":true,\"duplicate\":true}"), new DeliveryResult.Accepted(true)),
				Arguments.of(WireMock.ok(html).withHeader("Content-Type", "text/html"),
						new DeliveryResult.Misdirected("HTTP 200")),
				Arguments.of(WireMock.noContent(), new DeliveryResult.Misdirected("HTTP 204")),
				Arguments.of(WireMock.ok("{\"ok\":true}").withHeader("Content-Type", "gar/bage; charset=no"),
						new DeliveryResult.Accepted(false)),
				Arguments.of(WireMock.jsonResponse("{\"error\":\"Invalid payload\",\"field\":\"model\"}", 400),
						new DeliveryResult.Rejected("HTTP 400, error: Invalid payload, field: model")),
				Arguments.of(WireMock.jsonResponse("{\"error\":\"Revoked API key\"}", 401),
						new DeliveryResult.KeyRefused("HTTP 401, error: Revoked API key")),
				Arguments.of(WireMock.status(402), new DeliveryResult.PlanExhausted("HTTP 402")),
				Arguments.of(WireMock.notFound(), new DeliveryResult.Misdirected("HTTP 404")),
				Arguments.of(WireMock.status(429).withHeader("Retry-After", "120"),
						new DeliveryResult.Unavailable("HTTP 429", Duration.ofMinutes(2))),
				Arguments.of(WireMock.serverError(), new DeliveryResult.Unavailable("HTTP 500", null)));
	}

	@Test
	void challengeForCredentialsIsNotAccepted() {
		respondWith(WireMock.status(401).withHeader("WWW-Authenticate", "Basic realm=\"x\""));
		assertThat(resultOf(transport(url("")))).isEqualTo(new DeliveryResult.KeyRefused("HTTP 401"));
		assertThat(requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void redirectIsNotFollowed(int status) {
		respondWith(WireMock.status(status).withHeader("Location", baseUrl() + "/elsewhere"));
		server().register(WireMock.any(WireMock.urlEqualTo("/elsewhere")).willReturn(accepted()));
		assertThat(resultOf(transport(url("")))).isEqualTo(new DeliveryResult.Misdirected("HTTP " + status));
		assertThat(requests()).hasSize(1);
	}

	@Test
	void hugeBodyIsNotRead() {
		String html = "<html>" + "x".repeat(5_000_000);
		respondWith(WireMock.ok(html).withHeader("Content-Type", "text/html"));
		WebClientTransport transport = transport(url(""));
		assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Misdirected("HTTP 200"));
		respondWith(WireMock.serverError().withBody(html));
		assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Unavailable("HTTP 500", null));
		respondWith(accepted());
		assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
	}

	@Test
	void compressedBodyDoesNoHarm() {
		respondWith(WireMock.ok("no gzip").withHeader("Content-Encoding", "gzip"));
		assertThat(resultOf(transport(url("")))).isNotInstanceOf(DeliveryResult.Accepted.class);
	}

	@Test
	void eventsAreSentConcurrently() {
		WebClientTransport transport = transport(url(""));
		for (int i = 0; i < 10; i++) {
			List<CompletableFuture<DeliveryResult>> results = IntStream.range(0, MAX_CONNECTIONS)
				.mapToObj((j) -> send(transport))
				.toList();
			assertThat(results).extracting(CompletableFuture::join).containsOnly(new DeliveryResult.Accepted(false));
		}
		assertThat(requests()).hasSize(10 * MAX_CONNECTIONS);
		assertThat(requests()).extracting((request) -> request.getHeader("Idempotency-Key")).doesNotHaveDuplicates();
	}

	URI url(String path) {
		return URI.create(baseUrl() + path);
	}

	static ResponseDefinitionBuilder accepted() {
		return WireMock.jsonResponse("{\"ok\":true,\"consumption_source\":\"included\"}", 201);
	}

	static MappingBuilder ingest() {
		return WireMock.post(WireMock.urlMatching(".*/api/ingest"));
	}

	void respondWith(ResponseDefinitionBuilder response) {
		server().register(ingest().willReturn(response));
	}

	List<LoggedRequest> requests() {
		return server().find(WireMock.anyRequestedFor(WireMock.anyUrl()));
	}

	private LoggedRequest request() {
		assertThat(requests()).hasSize(1);
		return requests().get(0);
	}

}
