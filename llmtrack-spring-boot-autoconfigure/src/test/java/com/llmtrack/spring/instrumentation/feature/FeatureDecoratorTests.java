// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that requests on another thread have the feature of the call that they are made
 * for, if they have its prompt.
 */
class FeatureDecoratorTests extends AbstractApplicationTests {

	private static final ExecutorService executor = Executors.newSingleThreadExecutor();

	@AfterAll
	static void shutDown() {
		executor.shutdown();
	}

	@Test
	void decoratorThatAsksOnAnotherThreadKeepsTheFeature() {
		try (ConfigurableApplicationContext context = start((beans) -> beans.registerBean("own", Decorator.class))) {
			Decorator own = context.getBean("own", Decorator.class);
			LlmContext.feature("decorated").run(() -> own.call(new Prompt("Hi")));
			assertThat(servers.awaitEvent().at("/metadata/feature").asString()).isEqualTo("decorated");
		}
	}

	@Test
	void toolThatAsksOnAnotherThreadKeepsTheFeature() {
		try (ConfigurableApplicationContext context = start(
				(beans) -> beans.registerBean("own", ToolUsingModel.class))) {
			ToolUsingModel own = context.getBean("own", ToolUsingModel.class);
			LlmContext.feature("tool").run(() -> own.call(new Prompt("Hi")));
			// The model makes a new answer of its own
			assertThat(servers.awaitEvents(2))
				.allSatisfy((event) -> assertThat(event.at("/metadata/feature").asString()).isEqualTo("tool"))
				.anySatisfy((event) -> assertThat(event.get("provider").asString()).isEqualTo("openai"));
		}
	}

	static class Decorator implements ChatModel {

		private final ChatModel delegate;

		Decorator(@Qualifier("openAiChatModel") ChatModel delegate) {
			this.delegate = delegate;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return CompletableFuture.supplyAsync(() -> this.delegate.call(prompt), executor).join();
		}

	}

	/**
	 * Has a tool answer, which asks another model.
	 */
	static class ToolUsingModel implements ChatModel {

		private final ToolCallback tool;

		ToolUsingModel(@Qualifier("openAiChatModel") ChatModel expert) {
			this.tool = FunctionToolCallback
				.builder("expert",
						(String question, ToolContext context) -> CompletableFuture
							.supplyAsync(() -> expert.call((Prompt) context.getContext().get("prompt")), executor)
							.join()
							.getResult()
							.getOutput()
							.getText())
				.inputType(String.class)
				.build();
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			String answer = this.tool.call("\"Hi\"", new ToolContext(Map.of("prompt", prompt)));
			return new ChatResponse(List.of(new Generation(new AssistantMessage(answer))));
		}

	}

}
