// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.annotation.Resource;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.Model;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Every way to have a model injected, by interface and by class. Each field is one; names
 * of fields that are injected by class end with "ByClass". Three applications have the
 * same three models with a different primary one in each.
 */
final class Injections {

	private Injections() {
	}

	private static BeanFactoryPostProcessor primary(String beanName) {
		return (beanFactory) -> beanFactory.getBeanDefinition(beanName).setPrimary(true);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(OpenAiConsumer.class)
	static class OpenAi {

		@Bean
		static BeanFactoryPostProcessor primaryModel() {
			return primary("openAiChatModel");
		}

		@Bean
		Parameters parameters(ChatModel parameter, OpenAiChatModel parameterByClass,
				@Qualifier("openAiChatModel") ChatModel qualified, List<ChatModel> list,
				ObjectProvider<OpenAiChatModel> providerByClass) {
			return new Parameters(parameter, parameterByClass, qualified, list, providerByClass);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(AnthropicConsumer.class)
	static class Anthropic {

		@Bean
		static BeanFactoryPostProcessor primaryModel() {
			return primary("anthropicChatModel");
		}

		@Bean
		Parameters parameters(ChatModel parameter, AnthropicChatModel parameterByClass,
				@Qualifier("anthropicChatModel") ChatModel qualified, List<ChatModel> list,
				ObjectProvider<AnthropicChatModel> providerByClass) {
			return new Parameters(parameter, parameterByClass, qualified, list, providerByClass);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(OllamaConsumer.class)
	static class Ollama {

		@Bean
		static BeanFactoryPostProcessor primaryModel() {
			return primary("ollamaChatModel");
		}

		@Bean
		Parameters parameters(ChatModel parameter, OllamaChatModel parameterByClass,
				@Qualifier("ollamaChatModel") ChatModel qualified, List<ChatModel> list,
				ObjectProvider<OllamaChatModel> providerByClass) {
			return new Parameters(parameter, parameterByClass, qualified, list, providerByClass);
		}

	}

	/**
	 * What a {@code @Bean} method gets.
	 */
	record Parameters(ChatModel parameter, ChatModel parameterByClass, ChatModel parameterQualified,
			List<ChatModel> parameterList, ObjectProvider<? extends ChatModel> parameterProviderByClass) {

	}

	abstract static class Consumer<T extends ChatModel> {

		final ChatModel constructor;

		final T constructorByClass;

		ChatModel setter;

		T setterByClass;

		@Autowired
		ChatModel field;

		@Autowired
		T fieldByClass;

		@Autowired
		StreamingChatModel streaming;

		@Autowired
		Model<Prompt, ChatResponse> model;

		@Autowired
		List<ChatModel> list;

		@Autowired
		List<T> listByClass;

		@Autowired
		Set<ChatModel> set;

		@Autowired
		Set<T> setByClass;

		@Autowired
		Map<String, ChatModel> map;

		@Autowired
		Map<String, T> mapByClass;

		@Autowired
		ChatModel[] array;

		@Autowired
		T[] arrayByClass;

		@Autowired
		Optional<ChatModel> optional;

		@Autowired
		Optional<T> optionalByClass;

		@Autowired
		ObjectProvider<ChatModel> provider;

		@Autowired
		ObjectProvider<T> providerByClass;

		@Autowired
		@Lazy
		ChatModel lazy;

		@Resource
		ChatModel resource;

		Consumer(ChatModel constructor, T constructorByClass) {
			this.constructor = constructor;
			this.constructorByClass = constructorByClass;
		}

		@Autowired
		void setModels(ChatModel setter, T setterByClass) {
			this.setter = setter;
			this.setterByClass = setterByClass;
		}

	}

	static class OpenAiConsumer extends Consumer<OpenAiChatModel> {

		@Autowired
		@Qualifier("openAiChatModel")
		ChatModel qualified;

		@Autowired
		@Qualifier("openAiChatModel")
		OpenAiChatModel qualifiedByClass;

		@Autowired
		ObjectProvider<OpenAiChatModel> plainProviderByClass;

		@Resource(name = "openAiChatModel")
		ChatModel namedResource;

		@Resource(name = "openAiChatModel")
		OpenAiChatModel namedResourceByClass;

		@Resource
		OpenAiChatModel resourceByClass;

		OpenAiConsumer(ChatModel constructor, OpenAiChatModel constructorByClass) {
			super(constructor, constructorByClass);
		}

	}

	static class AnthropicConsumer extends Consumer<AnthropicChatModel> {

		@Autowired
		@Qualifier("anthropicChatModel")
		ChatModel qualified;

		@Autowired
		@Qualifier("anthropicChatModel")
		AnthropicChatModel qualifiedByClass;

		@Autowired
		ObjectProvider<AnthropicChatModel> plainProviderByClass;

		@Resource(name = "anthropicChatModel")
		ChatModel namedResource;

		@Resource(name = "anthropicChatModel")
		AnthropicChatModel namedResourceByClass;

		@Resource
		AnthropicChatModel resourceByClass;

		AnthropicConsumer(ChatModel constructor, AnthropicChatModel constructorByClass) {
			super(constructor, constructorByClass);
		}

	}

	static class OllamaConsumer extends Consumer<OllamaChatModel> {

		@Autowired
		@Qualifier("ollamaChatModel")
		ChatModel qualified;

		@Autowired
		@Qualifier("ollamaChatModel")
		OllamaChatModel qualifiedByClass;

		@Autowired
		ObjectProvider<OllamaChatModel> plainProviderByClass;

		@Resource(name = "ollamaChatModel")
		ChatModel namedResource;

		@Resource(name = "ollamaChatModel")
		OllamaChatModel namedResourceByClass;

		@Resource
		OllamaChatModel resourceByClass;

		OllamaConsumer(ChatModel constructor, OllamaChatModel constructorByClass) {
			super(constructor, constructorByClass);
		}

	}

	/**
	 * Spring can't do this, as it would have to extend the class.
	 */
	static class LazyOpenAi {

		@Autowired
		@Lazy
		OpenAiChatModel model;

	}

	/**
	 * Spring can't do this either.
	 */
	static class LazyAnthropic {

		@Autowired
		@Lazy
		AnthropicChatModel model;

	}

	static class LazyOllama {

		@Autowired
		@Lazy
		OllamaChatModel model;

	}

	/**
	 * There is no such bean.
	 */
	static class Missing {

		@Autowired
		@Qualifier("missing")
		ChatModel model;

	}

	/**
	 * There is no such bean of the class.
	 */
	static class MissingByClass {

		@Autowired
		@Qualifier("missing")
		OpenAiChatModel model;

	}

}
