// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests features of Spring WebFlux controllers over HTTP, with and without automatic
 * context propagation, which applies to the whole JVM while it is on.
 */
@AlsoProcessed
class FeatureWebFluxTests {

	private static final StubServers servers = AbstractFeatureTests.servers;

	private static final HttpClient http = HttpClient.newHttpClient();

	@AfterEach
	void nothingIsLeft() {
		Hooks.disableAutomaticContextPropagation();
		assertThat(LlmContext.current().feature()).isNull();
	}

	@Test
	void defaultSettingsCarryTheFeatureThroughStreams() throws Exception {
		try (ConfigurableApplicationContext context = start("limited")) {
			assertStreams(context);
			// On its own thread, a blocking call knows of no Reactor context
			assertFeature(context, "/blocking", AbstractFeatureTests.NONE);
			assertFeature(context, "/wrapped", "webflux");
			assertThat(get(context, "/current")).isEqualTo("null");
		}
	}

	@Test
	void automaticPropagationCarriesTheFeatureToBlockingCallsAsWell() throws Exception {
		try (ConfigurableApplicationContext context = start("auto")) {
			assertStreams(context);
			assertFeature(context, "/blocking", "webflux");
			assertFeature(context, "/wrapped", "webflux");
			assertFeature(context, "/scoped", "scoped");
			assertThat(get(context, "/current")).isEqualTo("null");
		}
	}

	private static void assertStreams(ConfigurableApplicationContext context) throws Exception {
		assertFeature(context, "/mono", "webflux");
		assertFeature(context, "/flux", "webflux");
		assertFeature(context, "/stream", "webflux");
		assertFeature(context, "/subscribed", "webflux");
		assertFeature(context, "/without", AbstractFeatureTests.NONE);
		assertFeature(context, "/deferred", "webflux");
	}

	private static void assertFeature(ConfigurableApplicationContext context, String path, String feature)
			throws Exception {
		servers.reset();
		servers.openAi().answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 3, 2));
		get(context, path);
		assertThat(servers.awaitEvent().at("/metadata/feature").asString(AbstractFeatureTests.NONE)).as(path)
			.isEqualTo(feature);
	}

	private static String get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		HttpResponse<String> response = http.send(
				HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return response.body();
	}

	// Reactor Netty 1.3.7 may stop reading a connection that it keeps alive, see
	// https://github.com/reactor/reactor-netty/issues/4361
	private static ConfigurableApplicationContext start(String propagation) {
		return Applications.start(servers, true, Application.class, "spring.main.web-application-type=reactive",
				"server.port=0", "server.netty.max-keep-alive-requests=1",
				"spring.reactor.context-propagation=" + propagation);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ FeatureQuestions.class, Reactive.class, Unannotated.class })
	static class Application {

	}

	@LlmFeature("webflux")
	@RestController
	static class Reactive {

		@Autowired
		private FeatureQuestions questions;

		@GetMapping("/mono")
		Mono<String> mono() {
			return this.questions.streamWithMemory().last();
		}

		@GetMapping(path = "/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> flux() {
			return this.questions.streamWithMemory();
		}

		@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> stream() {
			return this.questions.stream();
		}

		@GetMapping("/deferred")
		Mono<String> deferred() {
			return Mono.defer(() -> this.questions.streamWithAdvisor().last()).subscribeOn(Schedulers.boundedElastic());
		}

		@GetMapping("/subscribed")
		Mono<String> subscribed() {
			this.questions.streamWithMemory().subscribe();
			return Mono.just("started");
		}

		@GetMapping("/blocking")
		Mono<String> blocking() {
			return Mono.fromCallable(this.questions::ask).subscribeOn(Schedulers.boundedElastic());
		}

		@GetMapping("/wrapped")
		Mono<String> wrapped() {
			return Mono.fromCallable(LlmContext.current().wrap(this.questions::ask))
				.subscribeOn(Schedulers.boundedElastic());
		}

		@GetMapping("/scoped")
		Mono<String> scoped() {
			return Mono
				.fromCallable(
						() -> LlmContext.feature("scoped").call(() -> this.questions.streamWithAdvisor().blockLast()))
				.subscribeOn(Schedulers.boundedElastic());
		}

	}

	@RestController
	static class Unannotated {

		@Autowired
		private FeatureQuestions questions;

		@GetMapping("/without")
		Mono<String> without() {
			return this.questions.stream().last();
		}

		/** Looks at the thread of the request and at those that blocking calls run on. */
		@GetMapping("/current")
		Mono<String> current() {
			List<Mono<String>> features = new ArrayList<>();
			features.add(Mono.just(String.valueOf(LlmContext.current().feature())));
			for (int i = 0; i < 20; i++) {
				features.add(Mono.fromSupplier(() -> String.valueOf(LlmContext.current().feature()))
					.subscribeOn(Schedulers.boundedElastic()));
			}
			return Flux.merge(features).distinct().collectList().map((seen) -> String.join(",", seen));
		}

	}

}
