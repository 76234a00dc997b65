// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.aopalliance.intercept.MethodInterceptor;
import org.mockito.Mockito;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.EmptyTargetSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/**
 * Models declared in every way, and beans that have one injected.
 */
final class ModelConfigurations {

	private ModelConfigurations() {
	}

	@Configuration(proxyBeanMethods = false)
	static class OpenClass {

		@Bean
		TestModels.OpenModel openModel() {
			return new TestModels.OpenModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lambda {

		@Bean
		ChatModel lambdaModel() {
			return (prompt) -> TestModels.response("lambda-model", 1, 2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StreamingOnly {

		@Bean
		StreamingChatModel streamingModel() {
			return (prompt) -> Flux.just(TestModels.response("streaming-model", 1, 2));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalClassDeclaredByInterface {

		@Bean
		ChatModel finalModel() {
			return new TestModels.FinalModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalClass {

		@Bean
		@Primary
		TestModels.FinalModel finalModel() {
			return new TestModels.FinalModel();
		}

		@Bean
		Consumer consumer(TestModels.FinalModel raw, ChatModel chatModel) {
			return new Consumer(raw, chatModel);
		}

	}

	static class Consumer {

		final TestModels.FinalModel raw;

		final ChatModel byConstructor;

		@Autowired
		ChatModel byField;

		@Autowired
		StreamingChatModel streaming;

		@Autowired
		@Qualifier("finalModel")
		List<ChatModel> list;

		@Autowired
		@Qualifier("finalModel")
		Set<ChatModel> set;

		@Autowired
		@Qualifier("finalModel")
		Map<String, ChatModel> map;

		@Autowired
		@Qualifier("finalModel")
		ChatModel[] array;

		Consumer(TestModels.FinalModel raw, ChatModel chatModel) {
			this.raw = raw;
			this.byConstructor = chatModel;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoOfTheSameFinalClass {

		@Bean
		TestModels.FinalModel first() {
			return new TestModels.FinalModel("first");
		}

		@Bean
		@Primary
		TestModels.FinalModel second() {
			return new TestModels.FinalModel("second");
		}

		@Bean
		QualifiedConsumer qualifiedConsumer() {
			return new QualifiedConsumer();
		}

	}

	static class QualifiedConsumer {

		@Autowired
		@Qualifier("first")
		ChatModel first;

		@Autowired
		@Qualifier("second")
		ChatModel second;

		@Autowired
		ChatModel primary;

	}

	static class OptionalModel {

		@Autowired(required = false)
		ChatModel model;

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalPrototype {

		@Bean
		@Scope("prototype")
		TestModels.FinalModel finalModel() {
			return new TestModels.FinalModel();
		}

		@Bean
		@Scope("prototype")
		PrototypeConsumer prototypeConsumer() {
			return new PrototypeConsumer();
		}

	}

	static class PrototypeConsumer {

		@Autowired
		ChatModel model;

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassWithFinalMethod {

		@Bean
		TestModels.ModelWithFinalMethod model() {
			return new TestModels.ModelWithFinalMethod("!");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxiedAlready {

		@Bean
		ChatModel proxied() {
			ProxyFactory proxyFactory = new ProxyFactory(new TestModels.FinalModel());
			proxyFactory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
			return (ChatModel) proxyFactory.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Counted {

		@Bean
		AtomicInteger counter() {
			return new AtomicInteger();
		}

		@Bean
		ChatModel counted(AtomicInteger counter) {
			ProxyFactory proxyFactory = new ProxyFactory(new TestModels.OpenModel());
			proxyFactory.addAdvice((MethodInterceptor) (invocation) -> {
				counter.incrementAndGet();
				return invocation.proceed();
			});
			return (ChatModel) proxyFactory.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Selector {

		@Bean
		TestModels.OpenModel open() {
			return new TestModels.OpenModel();
		}

		@Bean
		@Scope("prototype")
		ChatModel selected(TestModels.OpenModel open) {
			return open;
		}

		@Bean
		ModelCollection modelCollection() {
			return new ModelCollection();
		}

	}

	static class ModelCollection {

		@Autowired
		Collection<ChatModel> models;

	}

	@Configuration(proxyBeanMethods = false)
	static class Mocked {

		@Bean
		ChatModel mock() {
			return Mockito.mock(ChatModel.class);
		}

		@Bean
		MockConsumer mockConsumer(ChatModel mock) {
			return new MockConsumer(mock);
		}

	}

	record MockConsumer(ChatModel mock) {

	}

	static class GenericConsumer<T extends ChatModel> {

		@Autowired
		T model;

		@Autowired
		T[] models;

	}

	static class ClassConsumer extends GenericConsumer<TestModels.FinalModel> {

	}

	static class InterfaceConsumer extends GenericConsumer<ChatModel> {

	}

	@Configuration(proxyBeanMethods = false)
	static class BlockingDecorators {

		@Bean
		@Primary
		TestModels.OpenModel delegate() {
			return new TestModels.OpenModel();
		}

		@Bean
		ChatModel eager(ChatModel delegate) {
			return new StreamingDecorator((prompt) -> Flux.just(delegate.call(prompt)));
		}

		@Bean
		ChatModel callable(ChatModel delegate) {
			return new StreamingDecorator((prompt) -> Mono.fromCallable(() -> delegate.call(prompt)).flux());
		}

		@Bean
		ChatModel deferred(ChatModel delegate) {
			return new StreamingDecorator((prompt) -> Flux.defer(() -> Flux.just(delegate.call(prompt))));
		}

	}

	static class StreamingDecorator extends TestModels.OpenModel {

		final Function<Prompt, Flux<ChatResponse>> stream;

		StreamingDecorator(Function<Prompt, Flux<ChatResponse>> stream) {
			this.stream = stream;
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.stream.apply(prompt);
		}

	}

	static class HotModel extends TestModels.OpenModel {

		@Override
		public ConnectableFlux<ChatResponse> stream(Prompt prompt) {
			return super.stream(prompt).publish();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Cached {

		@Bean
		ChatModel cached() {
			ProxyFactory proxyFactory = new ProxyFactory(new TestModels.FinalModel());
			AtomicReference<Object> cache = new AtomicReference<>();
			proxyFactory.addAdvice((MethodInterceptor) (invocation) -> {
				if (cache.get() == null) {
					cache.set(invocation.proceed());
				}
				return cache.get();
			});
			return (ChatModel) proxyFactory.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutTarget {

		@Bean
		ChatModel withoutTarget() {
			ProxyFactory proxyFactory = new ProxyFactory(ChatModel.class,
					(MethodInterceptor) (invocation) -> TestModels.response("advice", 3, 4));
			proxyFactory.setTargetSource(EmptyTargetSource.forClass(ChatModel.class));
			return (ChatModel) proxyFactory.getProxy();
		}

	}

	static class CallableModel extends TestModels.OpenModel {

		int call(Integer number) {
			return number;
		}

		int call(String text, Integer number) {
			return number;
		}

	}

	static class LazyConsumer {

		@Autowired
		@Lazy
		ChatModel model;

	}

	static class ValueConsumer {

		@Value("value")
		String value;

	}

	@Configuration(proxyBeanMethods = false)
	static class CollectionBean {

		@Bean
		List<ChatModel> models() {
			return new ArrayList<>(List.of(new TestModels.FinalModel()));
		}

		@Bean
		CollectionConsumer collectionConsumer() {
			return new CollectionConsumer();
		}

	}

	static class CollectionConsumer {

		@Autowired
		List<ChatModel> models;

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		TestModels.OpenModel scopedModel() {
			return new TestModels.OpenModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Factory {

		@Bean
		FactoryBean<ChatModel> model() {
			return new FactoryBean<>() {

				@Override
				public ChatModel getObject() {
					return new TestModels.FinalModel();
				}

				@Override
				public Class<?> getObjectType() {
					return ChatModel.class;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyModel {

		@Bean
		@Lazy
		TestModels.OpenModel lazyModel() {
			return new TestModels.OpenModel();
		}

	}

	static class CircularModel extends TestModels.OpenModel {

		@Autowired
		CircularPartner partner;

	}

	static class CircularPartner {

		@Autowired
		CircularModel model;

	}

	@Configuration(proxyBeanMethods = false)
	static class Decorated {

		@Bean
		TestModels.FinalModel finalModel() {
			return new TestModels.FinalModel();
		}

		@Bean
		@Primary
		ChatModel decorator(@Qualifier("finalModel") ChatModel delegate) {
			return new ChatModel() {

				@Override
				public ChatResponse call(Prompt prompt) {
					return delegate.call(prompt);
				}

				@Override
				public Flux<ChatResponse> stream(Prompt prompt) {
					return delegate.stream(prompt);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		static final RuntimeException FAILURE = new IllegalStateException("failed");

		@Bean
		ChatModel failingModel() {
			return (prompt) -> {
				throw FAILURE;
			};
		}

	}

}
