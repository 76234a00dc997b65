// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.Waiting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmTrackConnectionDetails}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionDetailsTests {

	private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final AtomicReference<@Nullable String> key = new AtomicReference<>("first-key");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
		.withPropertyValues("llmtrack.delivery.shutdown-timeout=0s");

	@BeforeEach
	void start() {
		this.server.start();
		this.server.stubFor(WireMock.post("/api/ingest").willReturn(WireMock.okJson("{\"ok\":true}")));
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void propertiesAreTheDetailsByDefault() {
		this.runner.withPropertyValues("llmtrack.api-key=abc", "llmtrack.base-url=" + this.server.baseUrl())
			.run((context) -> {
				deliver(context.getBean(EventDispatcher.class), 1);
				assertSentWith("abc", 1);
			});
	}

	@Test
	void nothingIsDeliveredWithoutAKey() {
		this.runner.run((context) -> assertThat(context.getBean(EventDispatcher.class).getState())
			.isEqualTo(DeliveryState.OFF));
	}

	@Test
	void keyMayBeAMountedFile(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("llmtrack.api-key"), "key-in-a-file\n");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--spring.config.import=configtree:" + directory + "/",
					"--llmtrack.base-url=" + this.server.baseUrl())) {
			deliver(context.getBean(EventDispatcher.class), 1);
			assertSentWith("key-in-a-file", 1);
		}
	}

	@Test
	void variableOfTheEnvironmentIsEnough() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.initializers((starting) -> starting.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("LLMTRACK_API_KEY", "key-of-the-environment"))))
			.run("--llmtrack.base-url=" + this.server.baseUrl())) {
			deliver(context.getBean(EventDispatcher.class), 1);
			assertSentWith("key-of-the-environment", 1);
		}
	}

	@Test
	void beanTakesThePlaceOfTheProperties(CapturedOutput output) {
		withDetails().withPropertyValues("llmtrack.api-key=abc", "llmtrack.base-url=http://localhost:1")
			.run((context) -> {
				deliver(context.getBean(EventDispatcher.class), 1);
				assertSentWith("first-key", 1);
			});
		withDetails().run((context) -> deliver(context.getBean(EventDispatcher.class), 1));
		assertThat(output).contains("sends events to where its LlmTrackConnectionDetails says")
			.doesNotContain("LLMtrack is off", "first-key");
	}

	@Test
	void endpointShowsWhatTheBeanSays() {
		this.key.set("long-enough-to-show-its-end-0123");
		withDetails()
			.withConfiguration(AutoConfigurations.of(LlmTrackInstrumentationAutoConfiguration.class,
					LlmTrackEndpointAutoConfiguration.class))
			.withPropertyValues("llmtrack.base-url=http://localhost:1",
					"management.endpoints.web.exposure.include=llmtrack")
			.run((context) -> {
				LlmTrackEndpoint endpoint = context.getBean(LlmTrackEndpoint.class);
				assertThat(endpoint.report().connection())
					.isEqualTo(new LlmTrackEndpoint.Connection(URI.create(this.server.baseUrl()), "\u20260123"));
				this.key.set("another-long-enough-key-4567");
				assertThat(endpoint.report().connection()).extracting("apiKey").isEqualTo("\u20264567");
				this.key.set("sk-of-a-provider-which-is-not-sent");
				assertThat(endpoint.report().connection()).extracting("apiKey").isNull();
			});
	}

	@Test
	void baseUrlIsShownAsItWasAtTheStart() {
		AtomicReference<String> url = new AtomicReference<>("https://one.example.com");
		this.runner.withBean(LlmTrackConnectionDetails.class, () -> new LlmTrackConnectionDetails() {

			@Override
			public URI getBaseUrl() {
				return URI.create(url.get());
			}

			@Override
			public String getApiKey() {
				return "key";
			}

		})
			.withConfiguration(AutoConfigurations.of(LlmTrackEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=llmtrack")
			.run((context) -> {
				url.set("https://other.example.com");
				assertThat(context.getBean(LlmTrackEndpoint.class).report().connection()).extracting("baseUrl")
					.hasToString("https://one.example.com");
			});
	}

	@Test
	void keyThatChangesIsUsedForTheNextEvent() {
		withDetails().run((context) -> {
			EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
			deliver(dispatcher, 1);
			this.key.set("second-key");
			deliver(dispatcher, 2);
			assertSentWith("first-key", 1);
			assertSentWith("second-key", 1);
		});
	}

	@Test
	void eventsAreKeptWhileThereIsNoKeyThatMayBeSent() {
		this.key.set("sk-of-a-provider");
		withDetails().run((context) -> {
			EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
			dispatcher.record(LlmUsageEvent.builder().build());
			Waiting.await().until(() -> dispatcher.getState() == DeliveryState.KEY_REFUSED);
			assertThat(dispatcher.getPending()).isOne();
			this.key.set("first-key");
			dispatcher.resume();
			Waiting.await().until(() -> dispatcher.getStatistics().getDelivered() == 1);
			assertSentWith("first-key", 1);
		});
		this.server.verify(1, WireMock.postRequestedFor(WireMock.anyUrl()));
	}

	@Test
	void keyThatTheModelsUseIsNeverSent() {
		this.key.set("key-of-a-provider-without-a-prefix");
		withDetails().withPropertyValues("spring.ai.openai.api-key=" + this.key.get()).run((context) -> {
			EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
			dispatcher.record(LlmUsageEvent.builder().build());
			Waiting.await().until(() -> dispatcher.getState() == DeliveryState.KEY_REFUSED);
		});
		this.server.verify(0, WireMock.anyRequestedFor(WireMock.anyUrl()));
	}

	private ApplicationContextRunner withDetails() {
		return this.runner.withBean(LlmTrackConnectionDetails.class, () -> new LlmTrackConnectionDetails() {

			@Override
			public URI getBaseUrl() {
				return URI.create(ConnectionDetailsTests.this.server.baseUrl());
			}

			@Override
			public @Nullable String getApiKey() {
				return ConnectionDetailsTests.this.key.get();
			}

		});
	}

	private static void deliver(EventDispatcher dispatcher, int expected) {
		dispatcher.record(LlmUsageEvent.builder().build());
		Waiting.await().until(() -> dispatcher.getStatistics().getDelivered() == expected);
	}

	private void assertSentWith(String key, int times) {
		this.server.verify(times, WireMock.postRequestedFor(WireMock.urlEqualTo("/api/ingest"))
			.withHeader("Authorization", WireMock.equalTo("Bearer " + key)));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmTrackAutoConfiguration.class })
	static class Application {

	}

}
