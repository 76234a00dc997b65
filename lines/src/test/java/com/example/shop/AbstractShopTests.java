// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.llmtrack.spring.test.LlmTrackServer;
import com.llmtrack.spring.test.ReceivedEvent;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base for tests of the shop, which share one context. OpenAI, Ollama and LLMtrack are
 * servers of the test, so each request and each event goes over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = AbstractShopTests.PROMETHEUS)
@Import(OwnModels.class)
abstract class AbstractShopTests {

	/** Which tests of Spring Boot 3 are otherwise without. */
	static final String PROMETHEUS = "management.prometheus.metrics.export.enabled=true";

	static final Providers providers = new Providers();

	/** Validates each event by {@code event.schema.json}. */
	static final LlmTrackServer llmTrack = LlmTrackServer.start();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		llmTrack.registerProperties(registry::add);
		providers.properties().forEach((name, value) -> registry.add(name, () -> value));
	}

	@BeforeEach
	void reset() {
		llmTrack.reset();
		providers.forgetRequests();
	}

	/**
	 * Assert that the providers got as many requests as there are events, and that these
	 * are the events, in any order: feature, status, and tokens of prompt and completion.
	 */
	static List<ReceivedEvent> assertEvents(String... expected) {
		llmTrack.await(expected.length);
		await().during(Duration.ofMillis(100))
			.untilAsserted(() -> assertThat(llmTrack.received()).map(AbstractShopTests::describe)
				.containsExactlyInAnyOrder(expected));
		assertThat(llmTrack.refused()).isEmpty();
		assertThat(providers.requests()).isEqualTo(expected.length);
		return llmTrack.received();
	}

	static ConditionFactory await() {
		return Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.atMost(Duration.ofSeconds(30));
	}

	private static String describe(ReceivedEvent event) {
		String text = "%s %s".formatted(event.get("metadata.feature"), event.get("status"));
		return "success".equals(event.get("status"))
				? text + " %s/%s".formatted(event.get("prompt_tokens"), event.get("completion_tokens")) : text;
	}

	RestClient http() {
		return RestClient.create("http://localhost:" + this.port);
	}

	String get(String uri, Object... variables) {
		return http().get().uri(uri, variables).retrieve().body(String.class);
	}

	/**
	 * Start another application, without a web server.
	 * @param properties names and values, one after the other
	 */
	static ConfigurableApplicationContext start(String... properties) {
		Map<String, String> arguments = new HashMap<>(providers.properties());
		llmTrack.registerProperties((name, value) -> arguments.put(name, value.get().toString()));
		for (int i = 0; i < properties.length; i += 2) {
			arguments.put(properties[i], properties[i + 1]);
		}
		return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run(arguments.entrySet().stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

}
