// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Methods with {@link LlmFeature} that use chat clients, and tools that make requests.
 */
@Configuration(proxyBeanMethods = false)
@Import({ AnnotatedClients.Asking.class, AnnotatedClients.Tools.class, AnnotatedClients.AnnotatedTools.class,
		AnnotatedClients.ToolsWithoutFeature.class })
class AnnotatedClients {

	static class Asking {

		@Autowired
		private FeatureQuestions questions;

		@LlmFeature("annotated")
		String overridden() {
			return override(this.questions.client.prompt("Hi")).call().content();
		}

		@LlmFeature("annotated")
		Flux<String> overriddenStream() {
			return override(this.questions.rememberingClient.prompt("Hi")).stream().content();
		}

		private static ChatClient.ChatClientRequestSpec override(ChatClient.ChatClientRequestSpec request) {
			return request.advisors((advisors) -> advisors.param(LlmContext.FEATURE_PARAM, "parameter"));
		}

		@LlmFeature("subscribing")
		void subscribe(Flux<?> stream) {
			stream.subscribe();
		}

		@LlmFeature("raw")
		String askRawModel() {
			return this.questions.rawModel.call("Hi");
		}

		@LlmFeature("raw-stream")
		Flux<ChatResponse> streamFromRawModel() {
			return this.questions.rawModel.stream(new Prompt("Hi"));
		}

		@LlmFeature("raw-client")
		String askRawClient() {
			return ChatClient.create(this.questions.rawModel).prompt("Hi").call().content();
		}

		@LlmFeature("tools")
		String call(Object tools) {
			return this.questions.client.prompt("Hi").tools(tools).call().content();
		}

		@LlmFeature("tools")
		Flux<String> stream(Object tools) {
			return this.questions.client.prompt("Hi").tools(tools).stream().content();
		}

		@LlmFeature("tools")
		Flux<String> streamWithMemory(Object tools) {
			return this.questions.rememberingClient.prompt("Hi").tools(tools).stream().content();
		}

	}

	static class Tools {

		@Autowired
		private FeatureQuestions questions;

		@Tool
		String weather() {
			return "Rain";
		}

		@Tool
		String askModel() {
			return this.questions.model.call("Hi");
		}

		@Tool
		String askRawModel() {
			return this.questions.rawModel.call("Hi");
		}

		@Tool
		String askClient() {
			return this.questions.ask();
		}

		@Tool
		String askStreaming() {
			return this.questions.stream().blockLast();
		}

		@Tool
		String askAdvised() {
			return this.questions.streamWithAdvisor().blockLast();
		}

		@Tool
		String askScoped() {
			return LlmContext.feature("scope").call(() -> this.questions.streamWithAdvisor().blockLast());
		}

	}

	static class ToolsWithoutFeature {

		@Autowired
		private FeatureQuestions questions;

		@Tool
		String askModel() {
			return LlmContext.feature(null).call(() -> this.questions.model.call("Hi"));
		}

		@Tool
		String askRawModel() {
			return LlmContext.feature(null).call(() -> this.questions.rawModel.call("Hi"));
		}

		@Tool
		String askAdvised() {
			return LlmContext.feature(null).call(() -> this.questions.streamWithAdvisor().blockLast());
		}

	}

	static class AnnotatedTools {

		@Autowired
		private FeatureQuestions questions;

		@LlmFeature("tool")
		@Tool
		String askModel() {
			return this.questions.model.call("Hi");
		}

		@LlmFeature("tool")
		@Tool
		String askStreaming() {
			return this.questions.streamWithAdvisor().blockLast();
		}

	}

}
