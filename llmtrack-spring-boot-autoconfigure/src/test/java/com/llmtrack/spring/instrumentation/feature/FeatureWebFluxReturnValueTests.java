// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.EntityResponse;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests features of everything that Spring WebFlux accepts as the result of a method.
 */
@Tag("slow")
class FeatureWebFluxReturnValueTests {

	private static final StubServers servers = AbstractFeatureTests.servers;

	private static final HttpClient http = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		// Reactor Netty 1.3.7 may stop reading a connection that it keeps alive, see
		// https://github.com/reactor/reactor-netty/issues/4361
		context = Applications.start(servers, true, Application.class, "spring.main.web-application-type=reactive",
				"server.port=0", "server.netty.max-keep-alive-requests=1");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void reset() {
		servers.reset();
		servers.openAi().answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 3, 2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "entity", "http-entity", "mono-of-entity", "future" })
	void resultBelongsToTheFeature(String path) throws Exception {
		assertThat(get("/values/" + path)).contains("Hello");
		assertFeature("value");
	}

	@ParameterizedTest
	@ValueSource(strings = { "value", "stream", "mono", "written" })
	void functionalEndpointBelongsToTheFeature(String path) throws Exception {
		assertThat(get("/functional/" + path)).contains("Hello");
		assertFeature("handler");
	}

	@Test
	void filterSeesTheKindOfResponseThatThereWas() throws Exception {
		assertThat(get("/functional/filtered")).isEqualTo("entity 418");
	}

	private static void assertFeature(String feature) {
		assertThat(servers.awaitEvent().at("/metadata/feature").asString(AbstractFeatureTests.NONE)).isEqualTo(feature);
		assertThat(LlmContext.current().feature()).isNull();
	}

	private static String get(String path) throws Exception {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
		HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return response.body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ FeatureQuestions.class, Values.class, Handler.class })
	static class Application {

		@Bean
		RouterFunction<ServerResponse> functionalEndpoints(Handler handler) {
			return RouterFunctions.route()
				.GET("/functional/value", handler::value)
				.GET("/functional/stream", handler::stream)
				.GET("/functional/mono", handler::mono)
				.GET("/functional/written", handler::written)
				.build();
		}

		@Bean
		RouterFunction<ServerResponse> filteredEndpoint(Handler handler) {
			return RouterFunctions.route()
				.GET("/functional/filtered", handler::teapot)
				.filter((request, next) -> next.handle(request)
					.flatMap((response) -> ServerResponse.ok()
						.bodyValue(((response instanceof EntityResponse<?> entity) ? "entity " : "other ")
								+ response.statusCode().value())))
				.build();
		}

	}

	@LlmFeature("value")
	@RestController
	static class Values {

		@Autowired
		private FeatureQuestions questions;

		@GetMapping(path = "/values/entity", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		ResponseEntity<Flux<String>> entity() {
			return ResponseEntity.ok(AnnotatedReturnValues.elsewhere(this.questions));
		}

		@GetMapping(path = "/values/http-entity", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		HttpEntity<Flux<String>> httpEntity() {
			return new HttpEntity<>(AnnotatedReturnValues.elsewhere(this.questions));
		}

		@GetMapping(path = "/values/mono-of-entity", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Mono<ResponseEntity<Flux<String>>> monoOfEntity() {
			return Mono.fromSupplier(() -> ResponseEntity.ok(AnnotatedReturnValues.elsewhere(this.questions)));
		}

		@GetMapping("/values/future")
		CompletableFuture<String> future() {
			return CompletableFuture.supplyAsync(LlmContext.current().wrapSupplier(this.questions::ask));
		}

	}

	@LlmFeature("handler")
	static class Handler {

		@Autowired
		private FeatureQuestions questions;

		Mono<ServerResponse> value(ServerRequest request) {
			return AnnotatedReturnValues.elsewhere(this.questions)
				.collectList()
				.flatMap((text) -> ServerResponse.ok().bodyValue(String.join("", text)));
		}

		Mono<ServerResponse> stream(ServerRequest request) {
			return ServerResponse.ok()
				.contentType(MediaType.TEXT_EVENT_STREAM)
				.body(AnnotatedReturnValues.elsewhere(this.questions), String.class);
		}

		Mono<ServerResponse> mono(ServerRequest request) {
			return ServerResponse.ok()
				.body(AnnotatedReturnValues.elsewhere(this.questions)
					.collectList()
					.map((text) -> String.join("", text)), String.class);
		}

		Mono<ServerResponse> written(ServerRequest request) {
			return ServerResponse.ok()
				.build((exchange, context) -> exchange.getResponse()
					.writeWith(AnnotatedReturnValues.elsewhere(this.questions)
						.map((text) -> exchange.getResponse().bufferFactory().wrap(text.getBytes()))));
		}

		Mono<ServerResponse> teapot(ServerRequest request) {
			return ServerResponse.status(418).bodyValue("Hello");
		}

	}

}
