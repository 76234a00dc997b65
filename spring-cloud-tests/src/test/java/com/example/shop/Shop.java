// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import io.micrometer.observation.ObservationRegistry;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.env.Environment;

/**
 * An application with models in the refresh scope, declared in every way that Spring
 * Cloud permits.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ Shop.Models.class, Shop.Desk.class })
class Shop {

	@Bean
	@Profile("observations")
	ObservationRegistry observationRegistry() {
		return ObservationRegistry.create();
	}

	@Bean
	@Primary
	@RefreshScope
	ChatModel finalByInterface(Models models) {
		return models.openAi();
	}

	@Bean
	@RefreshScope(proxyMode = ScopedProxyMode.INTERFACES)
	OpenAiChatModel finalByClass(Models models) {
		return models.openAi();
	}

	@Bean
	@RefreshScope
	OllamaChatModel open(Models models) {
		return models.ollama();
	}

	@Bean
	@RefreshScope
	ChatModel openByInterface(Models models) {
		return models.ollama();
	}

	@Bean
	@RefreshScope
	OwnModel own(Models models) {
		return new OwnModel(models.openAi());
	}

	@Bean
	@RefreshScope
	OwnModelWithField ownWithField(Models models) {
		return new OwnModelWithField(models.openAi());
	}

	@Bean
	@RefreshScope
	ChatModel ownFinal(Models models) {
		return new OwnFinalModel(models.openAi());
	}

	/**
	 * Builds models as the properties are at the moment.
	 */
	static class Models {

		private final Environment environment;

		private final ObservationRegistry observations;

		Models(Environment environment, ObjectProvider<ObservationRegistry> observations) {
			this.environment = environment;
			this.observations = observations.getIfAvailable(() -> ObservationRegistry.NOOP);
		}

		OpenAiChatModel openAi() {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(this.environment.getProperty("shop.url") + "/v1")
					.apiKey("openai-key")
					.model(this.environment.getProperty("shop.model"))
					.maxRetries(0)
					.build())
				.observationRegistry(this.observations)
				.build();
		}

		OllamaChatModel ollama() {
			return OllamaChatModel.builder()
				.ollamaApi(OllamaApi.builder().baseUrl(this.environment.getProperty("shop.url", "")).build())
				.options(OllamaChatOptions.builder().model(this.environment.getProperty("shop.model")).build())
				.observationRegistry(this.observations)
				.build();
		}

	}

	/**
	 * Has models injected.
	 */
	static class Desk {

		@Autowired
		ChatClient.Builder client;

		@Autowired
		@Qualifier("finalByInterface")
		ChatModel finalByInterface;

		@Autowired
		@Qualifier("finalByClass")
		ChatModel finalByClass;

		@Autowired
		OllamaChatModel open;

		@Autowired
		@Qualifier("openByInterface")
		ChatModel openByInterface;

		@Autowired
		OwnModel own;

		@Autowired
		OwnModelWithField ownWithField;

		@Autowired
		@Qualifier("ownFinal")
		ChatModel ownFinal;

	}

	static class OwnModel implements ChatModel {

		private final ChatModel delegate;

		OwnModel(ChatModel delegate) {
			this.delegate = delegate;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.delegate.call(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.delegate.stream(prompt);
		}

		@Override
		public ChatOptions getOptions() {
			return this.delegate.getOptions();
		}

	}

	/**
	 * Has a field that others may read, so that only its scope may give it a proxy.
	 */
	static class OwnModelWithField extends OwnModel {

		final String name = "own";

		OwnModelWithField(ChatModel delegate) {
			super(delegate);
		}

	}

	static final class OwnFinalModel extends OwnModel {

		OwnFinalModel(ChatModel delegate) {
			super(delegate);
		}

	}

}
