// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import io.micrometer.observation.ObservationRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

/**
 * Models of Spring AI with real clients, declared in every way.
 */
final class BeanShapes {

	private BeanShapes() {
	}

	/**
	 * Builds models, with the application's registry if it has one.
	 */
	static class Models {

		@Value("${spring.ai.openai.base-url}")
		private String openAiUrl;

		@Value("${spring.ai.ollama.base-url}")
		private String ollamaUrl;

		@Autowired(required = false)
		private ObservationRegistry observations = ObservationRegistry.NOOP;

		OpenAiChatModel openAi() {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(this.openAiUrl)
					.apiKey("openai-key")
					.model("gpt-4o-mini")
					.maxRetries(0)
					.build())
				.observationRegistry(this.observations)
				.build();
		}

		OllamaChatModel ollama() {
			return OllamaChatModel.builder()
				.ollamaApi(OllamaApi.builder().baseUrl(this.ollamaUrl).build())
				.options(OllamaChatOptions.builder().model("llama3.2").build())
				.observationRegistry(this.observations)
				.build();
		}

		ChatModel proxied(boolean frozen) {
			ProxyFactory proxyFactory = new ProxyFactory(openAi());
			proxyFactory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
			proxyFactory.setFrozen(frozen);
			return (ChatModel) proxyFactory.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Models.class, Consumer.class })
	static class Application {

		@Bean
		static BeanFactoryPostProcessor threadScope() {
			return (beanFactory) -> beanFactory.registerScope("thread", new SimpleThreadScope());
		}

		@Bean
		static BeanNameAutoProxyCreator autoProxyCreator() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("*AutoProxied");
			creator.setInterceptorNames("advice");
			return creator;
		}

		@Bean
		MethodInterceptor advice() {
			return (invocation) -> invocation.proceed();
		}

		@Bean
		OpenAiChatModel finalClass(Models models) {
			return models.openAi();
		}

		@Bean
		ChatModel finalClassByInterface(Models models) {
			return models.openAi();
		}

		@Bean
		OllamaChatModel openClass(Models models) {
			return models.ollama();
		}

		@Bean
		ChatModel openClassByInterface(Models models) {
			return models.ollama();
		}

		@Bean
		FactoryBean<OpenAiChatModel> finalProduct(Models models) {
			return new ModelFactory<>(models.openAi(), OpenAiChatModel.class);
		}

		@Bean
		FactoryBean<ChatModel> finalProductByInterface(Models models) {
			return new ModelFactory<>(models.openAi(), ChatModel.class);
		}

		@Bean
		FactoryBean<OllamaChatModel> openProduct(Models models) {
			return new ModelFactory<>(models.ollama(), OllamaChatModel.class);
		}

		@Bean
		@Scope("prototype")
		OpenAiChatModel finalPrototype(Models models) {
			return models.openAi();
		}

		@Bean
		@Scope("prototype")
		ChatModel finalPrototypeByInterface(Models models) {
			return models.openAi();
		}

		@Bean
		@Scope("prototype")
		OllamaChatModel openPrototype(Models models) {
			return models.ollama();
		}

		/**
		 * Spring proxies its class if the application was processed ahead of time.
		 */
		@Bean
		@ConditionalOnBooleanProperty(name = "llmtrack.test.processed", havingValue = false, matchIfMissing = true)
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.INTERFACES)
		OpenAiChatModel finalScoped(Models models) {
			return models.openAi();
		}

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ChatModel finalScopedByInterface(Models models) {
			return models.openAi();
		}

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		OllamaChatModel openScoped(Models models) {
			return models.ollama();
		}

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.INTERFACES)
		ChatModel openScopedByInterface(Models models) {
			return models.ollama();
		}

		@Bean
		@Lazy
		OpenAiChatModel finalLazy(Models models) {
			return models.openAi();
		}

		@Bean
		@Lazy
		OllamaChatModel openLazy(Models models) {
			return models.ollama();
		}

		@Bean
		ChatModel finalAutoProxied(Models models) {
			return models.openAi();
		}

		@Bean
		ChatModel openAutoProxied(Models models) {
			return models.ollama();
		}

		@Bean
		ChatModel proxied(Models models) {
			return models.proxied(false);
		}

		@Bean
		ChatModel proxiedForGood(Models models) {
			return models.proxied(true);
		}

	}

	/**
	 * Has all models injected by interface.
	 */
	static class Consumer {

		@Autowired
		@Qualifier("finalClass")
		ChatModel finalClass;

		@Autowired
		@Qualifier("finalClassByInterface")
		ChatModel finalClassByInterface;

		@Autowired
		@Qualifier("openClass")
		ChatModel openClass;

		@Autowired
		@Qualifier("openClassByInterface")
		ChatModel openClassByInterface;

		@Autowired
		@Qualifier("finalProduct")
		ChatModel finalProduct;

		@Autowired
		@Qualifier("finalProductByInterface")
		ChatModel finalProductByInterface;

		@Autowired
		@Qualifier("openProduct")
		ChatModel openProduct;

		@Autowired
		@Qualifier("finalPrototype")
		ChatModel finalPrototype;

		@Autowired
		@Qualifier("finalPrototypeByInterface")
		ChatModel finalPrototypeByInterface;

		@Autowired
		@Qualifier("openPrototype")
		ChatModel openPrototype;

		@Autowired(required = false)
		@Qualifier("finalScoped")
		ChatModel finalScoped;

		@Autowired
		@Qualifier("finalScopedByInterface")
		ChatModel finalScopedByInterface;

		@Autowired
		@Qualifier("openScoped")
		ChatModel openScoped;

		@Autowired
		@Qualifier("openScopedByInterface")
		ChatModel openScopedByInterface;

		@Autowired
		@Qualifier("finalLazy")
		ChatModel finalLazy;

		@Autowired
		@Qualifier("openLazy")
		ChatModel openLazy;

		@Autowired
		@Qualifier("finalAutoProxied")
		ChatModel finalAutoProxied;

		@Autowired
		@Qualifier("openAutoProxied")
		ChatModel openAutoProxied;

		@Autowired
		@Qualifier("proxied")
		ChatModel proxied;

		@Autowired
		@Qualifier("proxiedForGood")
		ChatModel proxiedForGood;

	}

	/**
	 * Two circles, and a lambda.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Models.class, Partner.class })
	static class Circular {

		@Bean
		RoutingModel openModel(Models models) {
			return new RoutingModel(models.openAi());
		}

		@Bean
		FinalRoutingModel finalModel(Models models) {
			return new FinalRoutingModel(models.openAi());
		}

		@Bean
		ChatModel lambda(Models models) {
			OpenAiChatModel openAi = models.openAi();
			return (prompt) -> openAi.call(prompt);
		}

	}

	static class RoutingModel implements ChatModel {

		private final ChatModel delegate;

		@Autowired
		private Partner partner;

		RoutingModel(ChatModel delegate) {
			this.delegate = delegate;
		}

		Partner partner() {
			return this.partner;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.delegate.call(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.delegate.stream(prompt);
		}

	}

	static final class FinalRoutingModel extends RoutingModel {

		FinalRoutingModel(ChatModel delegate) {
			super(delegate);
		}

	}

	static class Partner {

		@Autowired
		@Qualifier("openModel")
		ChatModel openModel;

		@Autowired
		@Qualifier("finalModel")
		ChatModel finalModel;

		@Autowired
		@Qualifier("lambda")
		ChatModel lambda;

	}

	record ModelFactory<T extends ChatModel>(T model, Class<? super T> type) implements FactoryBean<T> {

		@Override
		public T getObject() {
			return this.model;
		}

		@Override
		public Class<?> getObjectType() {
			return this.type;
		}

	}

}
