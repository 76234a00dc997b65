// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.testsupport.ModelUses;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that requests are recorded up to the very end of a context, and that those which
 * follow pass unharmed.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClosingContextTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = SmallApplications.recording(this.events, servers)
		.withUserConfiguration(Application.class);

	@BeforeEach
	void prepare() {
		ModelUses.prepare(servers);
	}

	@Test
	void requestsThatBeansMakeWhileTheyAreDestroyedGiveTheirEvents() {
		this.runner.withBean(Farewell.class).run((context) -> assertThat(context).hasNotFailed());
		// The observation of a stream stops after its subscriber has seen the end
		Waiting.await()
			.untilAsserted(() -> assertThat(this.events).extracting(LlmUsageEvent::provider)
				.containsExactlyInAnyOrder("openai", "openai", "openai", "openai", "unknown", "unknown"));
	}

	@Test
	void requestsThatOutliveTheContextGiveTheirEvents() throws Exception {
		Slow slow = new Slow();
		CompletableFuture<?>[] requests = new CompletableFuture<?>[2];
		Observation[] observation = new Observation[1];
		this.runner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withBean("slow", Slow.class, () -> slow)
			.run((context) -> {
				ChatModel model = context.getBean("slow", ChatModel.class);
				requests[0] = CompletableFuture.runAsync(() -> model.call(PROMPT));
				requests[1] = model.stream(PROMPT).then().toFuture();
				observation[0] = observation(context.getBean(ObservationRegistry.class)).start();
				assertThat(slow.called.await(30, TimeUnit.SECONDS)).isTrue();
			});
		assertThat(this.events).isEmpty();
		slow.answer();
		CompletableFuture.allOf(requests).get(30, TimeUnit.SECONDS);
		observation[0].stop();
		Waiting.await().untilAsserted(() -> assertThat(this.events).hasSize(3));
	}

	@Test
	void requestsAfterwardsPassUnharmedAndAreNotRecorded(CapturedOutput output) {
		Late late = new Late();
		this.runner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class)).run((context) -> {
			late.model = context.getBean("greeter", ChatModel.class);
			late.assembled = late.model.stream(PROMPT);
			late.openAi = context.getBean(OpenAiChatModel.class);
			late.registry = context.getBean(ObservationRegistry.class);
		});
		assertThat(late.model.call("Hi")).isEqualTo("Hello");
		assertThat(late.model.stream(PROMPT).collectList().block()).hasSize(1);
		assertThat(late.assembled.collectList().block()).hasSize(1);
		assertThat(late.openAi.call("Hi")).isEqualTo("Hello");
		assertThat(late.openAi.stream("Hi").collectList().block()).contains("Hello");
		observation(late.registry).observe(() -> "observed");
		assertThat(this.events).isEmpty();
		assertThat(output).doesNotContain(" WARN ", " ERROR ");
	}

	private static Observation observation(ObservationRegistry registry) {
		ChatModelObservationContext context = ChatModelObservationContext.builder()
			.prompt(PROMPT)
			.provider("openai")
			.build();
		return Observation.createNotStarted("gen_ai.client.operation", () -> context, registry);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Greeter greeter() {
			return new Greeter();
		}

	}

	static class Greeter implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> Flux.just(call(prompt)));
		}

	}

	/**
	 * A model that answers when it is told to.
	 */
	static class Slow extends Greeter {

		private final CountDownLatch called = new CountDownLatch(2);

		private final Sinks.One<ChatResponse> answer = Sinks.one();

		@Override
		public ChatResponse call(Prompt prompt) {
			return stream(prompt).blockLast();
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.answer.asMono().flux().doOnSubscribe((subscription) -> this.called.countDown());
		}

		void answer() {
			this.answer.tryEmitValue(super.call(PROMPT));
		}

	}

	/**
	 * Makes requests when it is destroyed.
	 */
	static class Farewell implements DisposableBean {

		private final ChatModel openAi;

		private final OpenAiChatModel bare;

		private final ChatModel greeter;

		Farewell(@Qualifier("openAiChatModel") ChatModel openAi, OpenAiChatModel bare,
				@Qualifier("greeter") ChatModel greeter) {
			this.openAi = openAi;
			this.bare = bare;
			this.greeter = greeter;
		}

		@Override
		public void destroy() {
			this.openAi.call("Bye");
			this.openAi.stream("Bye").blockLast();
			this.bare.call("Bye");
			this.bare.stream("Bye").blockLast();
			this.greeter.call("Bye");
			this.greeter.stream(PROMPT).blockLast();
		}

	}

	/**
	 * What is used after the end.
	 */
	private static final class Late {

		private ChatModel model;

		private Flux<ChatResponse> assembled;

		private OpenAiChatModel openAi;

		private ObservationRegistry registry;

	}

}
