// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Base for tests with models that run tools and are asked over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = AbstractToolRoundTests.Application.class,
		properties = { "spring.ai.openai.api-key=k", "spring.ai.anthropic.api-key=k",
				"spring.ai.openai.chat.options.stream-usage=true", "spring.ai.retry.max-attempts=2",
				"spring.ai.retry.backoff.initial-interval=1ms", "spring.main.banner-mode=off" })
abstract class AbstractToolRoundTests {

	static final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	@Autowired
	Map<String, ChatModel> models;

	@Autowired
	RecordedEvents events;

	final Tools tools = new Tools();

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		server.start();
		registry.add("spring.ai.openai.base-url", server::baseUrl);
		registry.add("spring.ai.anthropic.base-url", server::baseUrl);
		registry.add("spring.ai.ollama.base-url", server::baseUrl);
	}

	@BeforeEach
	void reset() {
		server.resetAll();
		this.events.clear();
	}

	ChatModel model(Provider provider) {
		ChatModel model = this.models.get(provider.beanName());
		this.tools.model = model;
		return model;
	}

	Prompt prompt() {
		return new Prompt("Hi", ToolCallingChatOptions.builder().toolCallbacks(ToolCallbacks.from(this.tools)).build());
	}

	String stream(Provider provider) {
		return stream(model(provider));
	}

	String stream(ChatModel model) {
		return model.stream(prompt())
			.mapNotNull(ChatResponse::getResult)
			.mapNotNull((generation) -> generation.getOutput().getText())
			.collectList()
			.map((texts) -> String.join("", texts))
			.block();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		RecordedEvents events() {
			return new RecordedEvents();
		}

		@Bean
		ChatModel decorator() {
			return new Decorator();
		}

	}

	static class Decorator implements ChatModel {

		static ChatModel target;

		@Override
		public ChatResponse call(Prompt prompt) {
			ChatResponse response = target.call(prompt);
			return new ChatResponse(response.getResults(), response.getMetadata());
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return target.stream(prompt)
				.map((response) -> new ChatResponse(response.getResults(), response.getMetadata()));
		}

	}

	static class Tools {

		static final Duration TIME = Duration.ofMillis(300);

		final CountDownLatch blocked = new CountDownLatch(1);

		final CountDownLatch released = new CountDownLatch(1);

		ChatModel model;

		int calls;

		@Tool
		String weather() {
			this.calls++;
			return "Rain";
		}

		@Tool
		String time() {
			this.calls++;
			return "Noon";
		}

		@Tool
		String takeTime() {
			for (long begun = System.nanoTime(); System.nanoTime() - begun < TIME.toNanos();) {
				Thread.onSpinWait();
			}
			return "taken";
		}

		@Tool(returnDirect = true)
		String answerDirectly() {
			return "direct";
		}

		@Tool
		String giveUp() throws InterruptedException {
			throw new InterruptedException("The model is not told of this");
		}

		@Tool
		String block() throws InterruptedException {
			this.blocked.countDown();
			try {
				this.released.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				// A tool that takes no notice of a cancellation
			}
			return "over";
		}

		@Tool
		String askModel() {
			return this.model.call("Why?");
		}

		@Tool
		String streamModel() {
			List<String> texts = this.model.stream("Why?").collectList().block();
			return String.join("", texts);
		}

		@Tool
		String streamModelInContext() {
			ContextView context = ToolCallReactiveContextHolder.getContext();
			return String.join("",
					this.model.stream("Why?").contextWrite((own) -> own.putAll(context)).collectList().block());
		}

		@Tool
		String askWithTools() {
			return this.model
				.call(new Prompt("Why?",
						ToolCallingChatOptions.builder().toolCallbacks(ToolCallbacks.from(new Tools())).build()))
				.getResult()
				.getOutput()
				.getText();
		}

	}

}
