// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.ModelUses;
import com.llmtrack.spring.testsupport.StubServers;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.framework.autoproxy.target.LazyInitTargetSourceCreator;
import org.springframework.aop.target.AbstractPrototypeBasedTargetSource;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.aop.target.PrototypeTargetSource;
import org.springframework.aop.target.ThreadLocalTargetSource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that models behind proxies that have another target now and then give one event
 * per request, without observations: the proxies of scopes, also of those that call the
 * target themselves, and those with a target source of another kind.
 */
@Tag("slow")
class ChangingTargetTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	@BeforeEach
	void prepare() {
		ModelUses.prepare(servers);
	}

	@Test
	void modelsOfAScopeThatCallsThemItselfGiveOneEventPerRequest() {
		try (ConfigurableApplicationContext context = start(Scoped.class)) {
			ModelUses.assertOneEventPerRequest(servers, beans(context, "finalScoped", "finalScopedByInterface",
					"openScoped", "openScopedByInterface", "scopedWithField"));
		}
	}

	@Test
	void convenienceMethodIsCalledThroughTheScopeAndGivesOneEvent() {
		try (ConfigurableApplicationContext context = start(Scoped.class)) {
			int calls = CallingScope.CALLS.get();
			assertThat(context.getBean("finalScoped", ChatModel.class).call("Hi")).isEqualTo("Hello");
			assertThat(context.getBean("scopedWithField", ChatModel.class).call("Hi")).isEqualTo("Hello");
			assertThat(CallingScope.CALLS).hasValue(calls + 2);
			EventAssertions.assertEvents(servers, servers::requests, ModelUses.CALL, ModelUses.CALL);
		}
	}

	@Test
	void modelThatIsReplacedOnTheWayToItGivesOneEvent() {
		try (ConfigurableApplicationContext context = start(Scoped.class)) {
			ChatModel model = context.getBean("alternating", ChatModel.class);
			model.call(new Prompt("Hi"));
			assertThat(servers.openAi().requests()).isZero();
			EventAssertions.assertEvents(servers, servers::requests, ModelUses.CALL);
		}
	}

	@Test
	void scopedModelsAreKnownBeforeTheyAreCreated() {
		try (ConfigurableApplicationContext context = start(Scoped.class,
				"llmtrack.instrumentation.exclude-beans=finalScoped")) {
			assertThat(modes(context)).containsEntry("finalScoped", "not at all, as it is excluded")
				.containsEntry("finalScopedByInterface", "by the proxy of its scope, by its observations elsewhere");
			beans(context, "finalScopedByInterface", "openScoped", "scopedWithField").values()
				.forEach((model) -> model.call("Hi"));
			assertThat(modes(context))
				.containsEntry("finalScopedByInterface", "by the proxy of its scope, by its observations elsewhere")
				.containsEntry("scopedWithField", "by the proxy of its scope, by its observations elsewhere")
				.containsEntry("openScoped", "by a proxy of its class");
		}
	}

	@Test
	void modelsOfTargetSourcesGiveOneEventPerRequest() {
		try (ConfigurableApplicationContext context = start(TargetSources.class)) {
			ModelUses.assertOneEventPerRequest(servers, beans(context, "swapped", "aroundSwapped", "swappableOpen",
					"ofThread", "openOfThread", "ofPrototype", "openOfPrototype", "lazilyMade"));
		}
	}

	@Test
	void proxiesAroundScopedProxiesGiveOneEventPerRequest() {
		try (ConfigurableApplicationContext context = start(Scoped.class)) {
			ModelInstrumentation instrumentation = context.getBean(ModelInstrumentation.class);
			Map<String, ChatModel> models = beans(context, "aroundFinalScoped", "aroundOpenScoped");
			beans(context, "finalScoped", "openScoped").forEach((name, model) -> {
				assertThat(instrumentation.instrument(model)).isSameAs(model);
				models.put(name + " in a proxy", instrumentation.instrument(around(model)));
			});
			ModelUses.assertOneEventPerRequest(servers, models);
		}
	}

	private static ConfigurableApplicationContext start(Class<?> source, String... properties) {
		return Applications.start(servers, true, source,
				Stream.concat(
						Stream.of("spring.ai.model.chat=none", "spring.ai.model.embedding=none",
								"spring.ai.chat.client.enabled=false", "spring.aop.proxy-target-class=false"),
						Stream.of(properties))
					.toArray(String[]::new));
	}

	private static Map<String, ChatModel> beans(ApplicationContext context, String... names) {
		return Stream.of(names)
			.collect(Collectors.toMap(Function.identity(), (name) -> context.getBean(name, ChatModel.class)));
	}

	private static Map<String, String> modes(ApplicationContext context) {
		return context.getBean(InstrumentedModels.class)
			.instrumentedModels()
			.stream()
			.collect(Collectors.toMap(InstrumentedModel::bean, InstrumentedModel::mode));
	}

	private static ChatModel around(ChatModel model) {
		ProxyFactory proxyFactory = new ProxyFactory(model);
		proxyFactory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
		return (ChatModel) proxyFactory.getProxy();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(BeanShapes.Models.class)
	static class Scoped {

		private final AtomicInteger alternations = new AtomicInteger();

		@Bean
		static CallingScope callingScope() {
			return new CallingScope("calling", SimpleThreadScope::new);
		}

		@Bean
		static CallingScope changingScope() {
			return new CallingScope("changing", () -> new SimpleThreadScope() {

				@Override
				public Object get(String name, ObjectFactory<?> objectFactory) {
					return objectFactory.getObject();
				}

			});
		}

		@Bean
		@Scope(scopeName = "calling", proxyMode = ScopedProxyMode.INTERFACES)
		OpenAiChatModel finalScoped(BeanShapes.Models models) {
			return models.openAi();
		}

		@Bean
		@Scope(scopeName = "calling", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ChatModel finalScopedByInterface(BeanShapes.Models models) {
			return models.openAi();
		}

		@Bean
		@Scope(scopeName = "calling", proxyMode = ScopedProxyMode.TARGET_CLASS)
		OllamaChatModel openScoped(BeanShapes.Models models) {
			return models.ollama();
		}

		@Bean
		@Scope(scopeName = "calling", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ChatModel openScopedByInterface(BeanShapes.Models models) {
			return models.ollama();
		}

		@Bean
		@Scope(scopeName = "calling", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ModelWithField scopedWithField(BeanShapes.Models models) {
			return new ModelWithField(models.openAi());
		}

		/**
		 * Has a model of OpenAI and one of Ollama in turn, each time it is asked.
		 */
		@Bean
		@Scope(scopeName = "changing", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ChatModel alternating(BeanShapes.Models models) {
			return (this.alternations.getAndIncrement() % 2 == 0) ? models.openAi() : models.ollama();
		}

		@Bean
		ChatModel aroundFinalScoped(@Qualifier("finalScoped") ChatModel model) {
			return around(model);
		}

		@Bean
		ChatModel aroundOpenScoped(@Qualifier("openScoped") ChatModel model) {
			return around(model);
		}

	}

	/**
	 * A model with a field that others may read, and so without a proxy of its class.
	 */
	static class ModelWithField implements ChatModel {

		final ChatModel delegate;

		ModelWithField() {
			this(null);
		}

		ModelWithField(ChatModel delegate) {
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

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(BeanShapes.Models.class)
	static class TargetSources {

		@Bean
		static BeanNameAutoProxyCreator lazyProxyCreator() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("lazilyMade");
			creator.setCustomTargetSourceCreators(new LazyInitTargetSourceCreator());
			return creator;
		}

		@Bean
		@Lazy
		ChatModel lazilyMade(BeanShapes.Models models) {
			return models.openAi();
		}

		@Bean
		ChatModel swapped(BeanShapes.Models models) {
			HotSwappableTargetSource targets = new HotSwappableTargetSource(models.ollama());
			ChatModel proxy = ProxyFactory.getProxy(ChatModel.class, targets);
			targets.swap(models.openAi());
			return proxy;
		}

		@Bean
		ChatModel aroundSwapped(@Qualifier("swapped") ChatModel model) {
			return around(model);
		}

		@Bean
		ChatModel swappableOpen(@Qualifier("openModel") ChatModel model) {
			return ProxyFactory.getProxy(ChatModel.class, new HotSwappableTargetSource(model));
		}

		@Bean
		OllamaChatModel openModel(BeanShapes.Models models) {
			return models.ollama();
		}

		@Bean
		@Scope("prototype")
		OpenAiChatModel finalPrototype(BeanShapes.Models models) {
			return models.openAi();
		}

		@Bean
		@Scope("prototype")
		OllamaChatModel openPrototype(BeanShapes.Models models) {
			return models.ollama();
		}

		@Bean
		ThreadLocalTargetSource threadTargets() {
			return targets(new ThreadLocalTargetSource(), "finalPrototype");
		}

		@Bean
		ThreadLocalTargetSource openThreadTargets() {
			return targets(new ThreadLocalTargetSource(), "openPrototype");
		}

		@Bean
		PrototypeTargetSource prototypeTargets() {
			return targets(new PrototypeTargetSource(), "finalPrototype");
		}

		@Bean
		PrototypeTargetSource openPrototypeTargets() {
			return targets(new PrototypeTargetSource(), "openPrototype");
		}

		private static <T extends AbstractPrototypeBasedTargetSource> T targets(T targetSource, String beanName) {
			targetSource.setTargetBeanName(beanName);
			return targetSource;
		}

		@Bean
		ProxyFactoryBean ofThread() {
			return proxyOf("threadTargets");
		}

		@Bean
		ProxyFactoryBean openOfThread() {
			return proxyOf("openThreadTargets");
		}

		@Bean
		ProxyFactoryBean ofPrototype() {
			return proxyOf("prototypeTargets");
		}

		@Bean
		ProxyFactoryBean openOfPrototype() {
			return proxyOf("openPrototypeTargets");
		}

		private static ProxyFactoryBean proxyOf(String targetSource) {
			ProxyFactoryBean factoryBean = new ProxyFactoryBean();
			factoryBean.setTargetName(targetSource);
			return factoryBean;
		}

	}

}
