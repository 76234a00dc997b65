// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that uses OpenAI in every usual way.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WorldApplication {

	@Bean
	public Uses uses(ChatClient.Builder clientBuilder, ChatModel model, OpenAiChatModel openAi,
			ObjectProvider<ChatModel> provider, ApplicationContext context) {
		return new Uses(clientBuilder.build(), model, openAi, provider, context);
	}

	/**
	 * The ways to use a model, by name.
	 */
	public static class Uses {

		private final Map<String, Supplier<String>> calls = new LinkedHashMap<>();

		private final Map<String, Supplier<Flux<String>>> streams = new LinkedHashMap<>();

		Uses(ChatClient client, ChatModel model, OpenAiChatModel openAi, ObjectProvider<ChatModel> provider,
				ApplicationContext context) {
			this.calls.put("client", () -> client.prompt("Hi").call().content());
			this.calls.put("interface", () -> model.call("Hi"));
			this.calls.put("class", () -> openAi.call("Hi"));
			this.calls.put("bean", () -> context.getBean(OpenAiChatModel.class).call("Hi"));
			this.calls.put("provider", () -> provider.getObject().call("Hi"));
			this.streams.put("client", () -> client.prompt("Hi").stream().content());
			this.streams.put("interface", () -> model.stream("Hi"));
			this.streams.put("class", () -> openAi.stream("Hi"));
			this.streams.put("bean", () -> context.getBean(OpenAiChatModel.class).stream("Hi"));
			this.streams.put("provider", () -> provider.getObject().stream("Hi"));
		}

		public Map<String, Supplier<String>> calls() {
			return this.calls;
		}

		public Map<String, Supplier<Flux<String>>> streams() {
			return this.streams;
		}

	}

	@RestController
	public static class Controller {

		private final Uses uses;

		Controller(Uses uses) {
			this.uses = uses;
		}

		@GetMapping("/calls/{name}")
		String call(@PathVariable("name") String name) {
			return this.uses.calls().get(name).get();
		}

		@GetMapping(path = "/streams/{name}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> stream(@PathVariable("name") String name) {
			return this.uses.streams().get(name).get();
		}

	}

}
