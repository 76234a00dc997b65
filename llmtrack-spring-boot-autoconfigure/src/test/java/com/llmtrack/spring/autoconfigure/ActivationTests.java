// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.AheadOfTime;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for when LLMtrack is active, which depends on the properties of the run and not
 * on those of the build, if the application is processed ahead of time.
 */
@ExtendWith(OutputCaptureExtension.class)
class ActivationTests {

	private static final String SECRET = "0123456789-secret-without-a-prefix";

	private static final String KEY = "llmtrack.api-key=llmtrack-key";

	private static final String OFF = "LLMtrack is off, because ";

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private static final Map<List<String>, AheadOfTime> processed = new ConcurrentHashMap<>();

	private final LiveThreads threads = LiveThreads.named("llmtrack-delivery"::equals);

	static Stream<Arguments> runs() {
		String ofProvider = "llmtrack.api-key looks like the key of a model provider";
		return Stream.of(Arguments.of(List.of(KEY), "", ""),
				Arguments.of(List.of(KEY, "llmtrack.enabled=true"), "", ""),
				Arguments.of(List.of(KEY, "llmtrack.enabled=false"), "", "llmtrack.enabled is false"),
				Arguments
					.of(List.of(KEY, "llmtrack.delivery.enabled=false"), "INFO", "llmtrack.delivery.enabled is false"),
				Arguments.of(List.of(), "INFO", "there is no key"),
				Arguments.of(List.of("llmtrack.api-key=two words"), "ERROR",
						"llmtrack.api-key has characters that no key has"),
				Arguments.of(List.of("llmtrack.api-key=sk-" + SECRET), "ERROR", ofProvider),
				Arguments.of(List.of("llmtrack.api-key=" + SECRET, "spring.ai.openai.api-key=" + SECRET), "ERROR",
						ofProvider));
	}

	static Stream<Arguments> buildsAndRuns() {
		return Stream.of(List.of(KEY), List.of(), List.of("llmtrack.enabled=false"))
			.flatMap((build) -> runs().map((run) -> Arguments.of(build, run.get()[0], run.get()[1], run.get()[2])));
	}

	@ParameterizedTest
	@MethodSource("buildsAndRuns")
	void propertiesOfTheRunDecideIfProcessedAheadOfTime(List<String> build, List<String> run, String level,
			String reason, CapturedOutput output) {
		AheadOfTime application = processed.computeIfAbsent(build,
				(key) -> AheadOfTime.processed(Application.class, properties(build)));
		assertThat(output.getAll()).doesNotContain("LLMtrack is off", "LLMtrack instruments");
		try (ConfigurableApplicationContext context = application.run(properties(run))) {
			assertDecided(context, level, reason, output);
		}
	}

	@ParameterizedTest
	@MethodSource("runs")
	void propertiesDecide(List<String> run, String level, String reason, CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().run(arguments(run))) {
			assertDecided(context, level, reason, output);
		}
	}

	private void assertDecided(ConfigurableApplicationContext context, String level, String reason,
			CapturedOutput output) {
		boolean active = reason.isEmpty();
		EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
		ChatClient client = context.getBean(ChatClient.Builder.class).build();
		assertThat(client.prompt("Hi").call().content()).isEqualTo("Hello");
		context.getBean(OpenAiChatModel.class).call(new Prompt("Hi"));
		context.getBean(OwnModel.class).call(new Prompt("Hi"));
		if (active) {
			servers.awaitEvents(3);
			assertThat(output).doesNotContain("LLMtrack is off").contains("LLMtrack instruments 2 model beans");
			assertThat(dispatcher.getState()).isEqualTo(DeliveryState.ACTIVE);
		}
		else {
			assertThat(context.getBean(LlmTrackEndpoint.class).report().delivery().meaning()).startsWith(OFF + reason);
			assertThat(dispatcher.getStatistics().getRecorded()).isZero();
			assertThat(output).doesNotContain("LLMtrack instruments", SECRET);
			if (level.isEmpty()) {
				assertThat(output).doesNotContain("LLMtrack is off");
			}
			else {
				assertThat(output).containsOnlyOnce(OFF).containsPattern(level + " .*" + Pattern.quote(OFF + reason));
			}
			assertThat(this.threads.started()).isEmpty();
		}
		assertThat(AopUtils.isAopProxy(context.getBean(OwnModel.class))).isEqualTo(active);
		assertThat(AopUtils.isAopProxy(context.getBean(ModelUser.class).model())).isEqualTo(active);
		assertThat(context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.anyMatch((meter) -> meter.getId().getName().startsWith("llmtrack"))).isEqualTo(active);
		context.close();
		assertThat(servers.eventRequests()).hasSize(active ? 3 : 0);
	}

	@ParameterizedTest
	@MethodSource("parents")
	void eventsOfAChildGoWhereItsParentDeliversElseWhereItSaysItself(List<String> parent, List<String> child,
			int events) {
		try (ConfigurableApplicationContext outer = application().run(arguments(parent));
				ConfigurableApplicationContext inner = application().parent(outer).run(arguments(child))) {
			inner.getBean(OwnModel.class).call(new Prompt("Hi"));
			if (events > 0) {
				servers.awaitEvents(events);
			}
		}
		assertThat(servers.eventRequests()).hasSize(events);
	}

	static Stream<Arguments> parents() {
		return Stream.of(Arguments.of(List.of(KEY), List.of(KEY), 1),
				Arguments.of(List.of(KEY), List.of(KEY, "llmtrack.delivery.enabled=false"), 1),
				Arguments.of(List.of("llmtrack.enabled=false"), List.of(KEY, "llmtrack.enabled=true"), 1),
				Arguments.of(List.of(KEY), List.of(KEY, "llmtrack.enabled=false"), 0));
	}

	@Test
	void sinkOfTheApplicationIsFoundIfProcessedAheadOfTime() {
		AheadOfTime application = AheadOfTime.processed(new Class<?>[] { Application.class, Sink.class },
				properties(List.of()));
		try (ConfigurableApplicationContext context = application.run(properties(List.of()))) {
			context.getBean(OwnModel.class).call(new Prompt("Hi"));
			Waiting.await().untilAsserted(() -> assertThat(context.getBean(Events.class).events()).hasSize(1));
			assertThat(context.getBean(EventDispatcher.class).getState()).isEqualTo(DeliveryState.OFF);
		}
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
	}

	private static String[] arguments(List<String> own) {
		return Stream.of(properties(own)).map((property) -> "--" + property).toArray(String[]::new);
	}

	/**
	 * Return the properties of an application that has no key unless its own say so.
	 */
	private static String[] properties(List<String> own) {
		return Stream
			.of(Applications.properties(servers, true,
					Stream.concat(Stream.of("management.endpoints.web.exposure.include=llmtrack",
							"llmtrack.delivery.shutdown-timeout=0s"), own.stream())
						.toArray(String[]::new)))
			.filter((property) -> !property.startsWith("llmtrack.api-key=") || own.contains(property))
			.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ToolCallingAutoConfiguration.class, OpenAiChatAutoConfiguration.class,
			ChatClientAutoConfiguration.class, MetricsAutoConfiguration.class, LlmTrackAutoConfiguration.class,
			LlmTrackInstrumentationAutoConfiguration.class, LlmTrackEndpointAutoConfiguration.class,
			LlmTrackMetricsAutoConfiguration.class })
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		@Fallback
		OwnModel ownModel() {
			return new OwnModel();
		}

		@Bean
		ModelUser modelUser(ChatModel openAiChatModel) {
			return new ModelUser(openAiChatModel);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Sink {

		@Bean
		Events events() {
			return new Events(new CopyOnWriteArrayList<>());
		}

	}

	record Events(List<LlmUsageEvent> events) implements LlmUsageEventSink {

		@Override
		public void record(LlmUsageEvent event) {
			this.events.add(event);
		}

	}

	record ModelUser(ChatModel model) {

	}

	static class OwnModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of());
		}

	}

}
