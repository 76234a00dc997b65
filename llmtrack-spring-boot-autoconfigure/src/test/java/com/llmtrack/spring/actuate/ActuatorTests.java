// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.llmtrack.spring.LlmTrackVersion;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import com.llmtrack.spring.testsupport.WorldApplication;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the actuator endpoints of whole applications over HTTP, on Tomcat and on
 * Netty.
 */
class ActuatorTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private static final String KEY = "llmtrack-key-1234567890abcdef";

	private static final String NOBODY = "llmtrack.base-url=http://127.0.0.1:1";

	private final HttpClient client = HttpClient.newHttpClient();

	// Reactor Netty 1.3.7 may stop reading a connection that it keeps alive, see
	// https://github.com/reactor/reactor-netty/issues/4361
	private static ConfigurableApplicationContext start(String type, String... properties) {
		return Applications.start(servers, true, WorldApplication.class,
				Stream.concat(Stream.of("server.port=0", "server.netty.max-keep-alive-requests=1",
						"spring.main.web-application-type=" + type, "management.endpoints.web.exposure.include=*",
						"management.endpoint.health.show-details=always",
						"management.endpoint.health.probes.enabled=true", "management.endpoint.env.show-values=always",
						"management.endpoint.configprops.show-values=always", "llmtrack.api-key=" + KEY),
						Stream.of(properties))
					.toArray(String[]::new));
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void refusedKeyIsSeenEverywhereAndLeavesTheApplicationUp(String type) throws Exception {
		servers.llmTrackAnswers(WireMock.jsonResponse("{\"error\":\"Invalid API key\"}", 401));
		try (ConfigurableApplicationContext context = start(type)) {
			call(context);
			awaitState(context, DeliveryState.KEY_REFUSED);
			assertHealthy(context, "key_refused");
			JsonNode report = json(context, "GET", "/actuator/llmtrack");
			assertThat(report.at("/delivery/state").asString()).isEqualTo("key_refused");
			assertThat(report.at("/delivery/since").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
			assertThat(report.at("/problems/0/time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
			assertThat(report.at("/problems/0/remedy").asString()).contains("llmtrack.api-key");
			assertThat(json(context, "POST", "/actuator/llmtrack/test").get("result").asString())
				.isEqualTo("key_refused");
			servers.llmTrackAnswers(WireMock.okJson("{\"ok\":true}"));
			assertThat(json(context, "POST", "/actuator/llmtrack/test").get("result").asString()).isEqualTo("accepted");
			assertThat(send(context, "POST", "/actuator/llmtrack/resume").statusCode()).isEqualTo(204);
			awaitState(context, DeliveryState.ACTIVE);
			assertThat(json(context, "GET", "/actuator/health").at("/components/llmtrack/status").asString())
				.isEqualTo("UP");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void applicationIsUpThoughLlmTrackIsDown(String type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, NOBODY, "llmtrack.delivery.shutdown-timeout=0s")) {
			call(context);
			awaitState(context, DeliveryState.WAITING);
			assertHealthy(context, "waiting");
			JsonNode result = json(context, "POST", "/actuator/llmtrack/test");
			assertThat(result.get("result").asString()).isEqualTo("unavailable");
			assertThat(result.get("remedy").asString()).contains("llmtrack.base-url");
		}
	}

	private void assertHealthy(ConfigurableApplicationContext context, String state) throws Exception {
		for (String group : List.of("", "/liveness", "/readiness")) {
			HttpResponse<String> response = send(context, "GET", "/actuator/health" + group);
			assertThat(response.statusCode()).isEqualTo(200);
			JsonNode health = JsonMapper.shared().readTree(response.body());
			assertThat(health.get("status").asString()).isEqualTo("UP");
			assertThat(health.at("/components").has("llmtrack")).isEqualTo(group.isEmpty());
		}
		JsonNode component = json(context, "GET", "/actuator/health").at("/components/llmtrack");
		assertThat(component.get("status").asString()).isEqualTo("UNKNOWN");
		assertThat(component.at("/details/state").asString()).isEqualTo(state);
		assertThat(component.at("/details/since").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void reportIsReadable(String type) throws Exception {
		try (ConfigurableApplicationContext context = start(type)) {
			call(context);
			servers.awaitEvent();
			awaitState(context, DeliveryState.ACTIVE);
			JsonNode report = json(context, "GET", "/actuator/llmtrack");
			assertThat(report.at("/connection/apiKey").asString()).isEqualTo("\u2026cdef");
			assertThat(report.at("/connection/baseUrl").asString()).isEqualTo(servers.llmTrackUrl());
			assertThat(report.at("/totals/0/model").asString()).isEqualTo("gpt-4o-mini-2024-07-18");
			assertThat(report.at("/totals/0/totalTokens").asLong()).isEqualTo(29);
			assertThat(report.at("/models/0/bean").asString()).isEqualTo("openAiChatModel");
			assertThat(report.at("/models/0/instrumented").asBoolean()).isTrue();
			assertThat(report.at("/models/1")).isEqualTo(JsonMapper.shared().readTree("""
					{"bean": "openAiEmbeddingModel", "type": "org.springframework.ai.openai.OpenAiEmbeddingModel",
					"instrumented": false, "mode": "not at all, as embeddings are off"}"""));
			assertThat(report.at("/models/2/bean").asString()).isEqualTo("openAiImageModel");
			assertThat(report.at("/models/2/instrumented").asBoolean()).isFalse();
			assertThat(report.get("callSitesWithoutFeature").size()).isEqualTo(1);
			assertThat(json(context, "GET", "/actuator/info").at("/llmtrack/version").asString())
				.isEqualTo(LlmTrackVersion.get())
				.matches("\\d.*");
			assertThat(send(context, "GET", "/actuator/metrics").body()).contains("llmtrack.requests",
					"llmtrack.events", "llmtrack.pending.age");
			assertThat(json(context, "GET", "/actuator/metrics/llmtrack.tokens?tag=kind:prompt")
				.at("/measurements/0/value")
				.asDouble()).isEqualTo(19);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void actionThatDoesNotExistIsABadRequest(String type) throws Exception {
		try (ConfigurableApplicationContext context = start(type)) {
			assertThat(send(context, "POST", "/actuator/llmtrack/pause").statusCode()).isEqualTo(400);
			assertThat(send(context, "POST", "/actuator/llmtrack").statusCode()).isEqualTo(405);
			assertThat(send(context, "DELETE", "/actuator/llmtrack").statusCode()).isEqualTo(405);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void keyIsInNoAnswer(String type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, "KEY_OF_THE_COMPANY=" + KEY,
				"llmtrack.proxy.host=proxy.example.com", "llmtrack.proxy.port=3128", "llmtrack.proxy.username=me",
				"llmtrack.proxy.password=proxy-secret")) {
			for (String endpoint : List.of("", "/env", "/env/llmtrack.api-key", "/env/KEY_OF_THE_COMPANY",
					"/configprops", "/configprops/llmtrack", "/beans", "/llmtrack", "/conditions", "/health", "/info",
					"/mappings", "/loggers", "/metrics")) {
				HttpResponse<String> response = send(context, "GET", "/actuator" + endpoint);
				assertThat(response.statusCode()).as(endpoint).isEqualTo(200);
				assertThat(response.body()).as(endpoint).doesNotContain(KEY, "proxy-secret");
			}
			assertThat(send(context, "GET", "/actuator/env/spring.main.web-application-type").body()).contains(type);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void endpointIsNotExposedByItself(String type) throws Exception {
		try (ConfigurableApplicationContext context = start(type, "management.endpoints.web.exposure.include=health")) {
			assertThat(send(context, "GET", "/actuator/llmtrack").statusCode()).isEqualTo(404);
			assertThat(send(context, "POST", "/actuator/llmtrack/resume").statusCode()).isEqualTo(404);
		}
	}

	private static void call(ConfigurableApplicationContext context) {
		context.getBean(WorldApplication.Uses.class).calls().get("interface").get();
	}

	private static void awaitState(ConfigurableApplicationContext context, DeliveryState state) {
		EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
		Waiting.await().untilAsserted(() -> {
			assertThat(dispatcher.getState()).isEqualTo(state);
			assertThat(dispatcher.getStatus().problems().isEmpty() && dispatcher.getStatus().lastSuccess() == null)
				.isFalse();
		});
	}

	private JsonNode json(ConfigurableApplicationContext context, String method, String path) throws Exception {
		HttpResponse<String> response = send(context, method, path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).doesNotContain(KEY);
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getProperty("local.server.port");
		return this.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
