/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.llmtrack.spring.LlmUsageEvent;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.Model;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.target.EmptyTargetSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ChatModelPostProcessor} and {@link MeasuredModelResolver} with beans
 * of every shape.
 */
class ChatModelPostProcessorTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private final RecordingSink sink = new RecordingSink();

	private AnnotationConfigApplicationContext context(Class<?>... configurations) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		((DefaultListableBeanFactory) context.getBeanFactory()).setAllowCircularReferences(true);
		context.registerBean(ChatModelPostProcessor.class,
				() -> new ChatModelPostProcessor(() -> this.sink, () -> new EventDefaults("default-feature", "test")));
		context.register(configurations);
		context.refresh();
		return context;
	}

	@Test
	void openClassIsExtended() {
		try (AnnotationConfigApplicationContext context = context(OpenClass.class)) {
			TestModels.OpenModel model = context.getBean(TestModels.OpenModel.class);
			assertThat(AopUtils.isCglibProxy(model)).isTrue();
			assertThat(model.specificToThisClass()).isEqualTo("open-model");
			model.call(PROMPT);
			assertThat(this.sink.event()).satisfies((event) -> {
				assertThat(event.getProvider()).isEqualTo(LlmUsageEvent.UNKNOWN);
				assertThat(event.getModel()).isEqualTo("open-model");
				assertThat(event.getTotalTokens()).isEqualTo(7);
				assertThat(event.getFeature()).isEqualTo("default-feature");
				assertThat(event.getEnvironment()).isEqualTo("test");
			});
		}
	}

	@Test
	void callThroughTheGenericInterfaceIsCountedOnce() {
		try (AnnotationConfigApplicationContext context = context(OpenClass.class, FinalClass.class)) {
			callGenerically(context.getBean("openModel", ChatModel.class));
			callGenerically(context.getBean(Consumer.class).byConstructor);
			assertThat(this.sink.events()).hasSize(2)
				.allSatisfy((event) -> assertThat(event.getTotalTokens()).isEqualTo(7));
		}
	}

	private static void callGenerically(Model<Prompt, ChatResponse> model) {
		model.call(PROMPT);
	}

	@Test
	void lambdaIsProxiedByItsInterfaces() {
		try (AnnotationConfigApplicationContext context = context(Lambda.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			model.call("Hi");
			assertThat(this.sink.event().getModel()).isEqualTo("lambda-model");
			assertThat(this.sink.event().getTotalTokens()).isEqualTo(3);
		}
	}

	@Test
	void streamingModelThatIsNoChatModelIsMeasured() {
		try (AnnotationConfigApplicationContext context = context(StreamingOnly.class)) {
			context.getBean(StreamingChatModel.class).stream("Hi").blockLast();
			assertThat(this.sink.event().getModel()).isEqualTo("streaming-model");
		}
	}

	@Test
	void finalClassDeclaredByInterfaceIsStillFoundByItsClass() {
		try (AnnotationConfigApplicationContext context = context(FinalClassDeclaredByInterface.class,
				PrototypeConsumer.class)) {
			assertThat(context.getBean(ChatModel.class)).isSameAs(context.getBean(TestModels.FinalModel.class));
			context.getBean(PrototypeConsumer.class).model.call(PROMPT);
			assertThat(this.sink.event().getModel()).isEqualTo("final-model");
		}
	}

	@Test
	void otherAdviceRunsOnceForATextAsWell() {
		try (AnnotationConfigApplicationContext context = context(Counted.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(model.call("Hi")).isEqualTo("Hello");
			assertThat(model.stream("Hi").collectList().block()).hasSize(2);
			assertThat(context.getBean(AtomicInteger.class)).hasValue(2);
			assertThat(this.sink.events()).hasSize(2)
				.allSatisfy((event) -> assertThat(event.getTotalTokens()).isEqualTo(7));
		}
	}

	@Test
	void beanThatHandsOutAnotherOneIsAdvisedOnce() {
		try (AnnotationConfigApplicationContext context = context(Selector.class)) {
			Object first = context.getBean("selected");
			context.getBean("selected");
			assertThat(((Advised) context.getBean("selected")).getAdvisorCount()).isOne();
			assertThat(context.getBean("selected")).isSameAs(first);
		}
	}

	@Test
	void mocksAreLeftAlone() {
		try (AnnotationConfigApplicationContext context = context(Mocked.class)) {
			ChatModel mock = context.getBean("mock", ChatModel.class);
			assertThat(context.getBean(MockConsumer.class).mock).isSameAs(mock);
			assertThat(Mockito.mockingDetails(mock).isMock()).isTrue();
			assertThat(AopUtils.isAopProxy(mock)).isFalse();
		}
	}

	@Test
	void genericInjectionPointsGetWhatTheirTypeArgumentSays() {
		try (AnnotationConfigApplicationContext context = context(FinalPrototype.class, ClassConsumer.class,
				InterfaceConsumer.class)) {
			assertThat(context.getBean(ClassConsumer.class).model.specificToThisClass()).isEqualTo("final-model");
			assertThat(context.getBean(ClassConsumer.class).models[0].specificToThisClass()).isEqualTo("final-model");
			assertThat(AopUtils.isAopProxy(context.getBean(InterfaceConsumer.class).model)).isTrue();
			assertThat(AopUtils.isAopProxy(context.getBean(InterfaceConsumer.class).models[0])).isTrue();
		}
	}

	@Test
	void injectedCollectionKeepsItsDuplicates() {
		try (AnnotationConfigApplicationContext context = context(Selector.class)) {
			assertThat(context.getBean(ModelCollection.class).models).hasSize(2);
		}
	}

	@Test
	void decoratorThatStreamsABlockingCallIsNotCountedBesideIt() {
		try (AnnotationConfigApplicationContext context = context(BlockingDecorators.class)) {
			List.of("eager", "callable", "deferred")
				.forEach((name) -> context.getBean(name, ChatModel.class).stream(PROMPT).blockLast());
			assertThat(this.sink.events()).hasSize(3)
				.allSatisfy((event) -> assertThat(event.getModel()).isEqualTo("open-model"));
		}
	}

	@Test
	void streamOfASpecialKindIsLeftAlone() {
		try (AnnotationConfigApplicationContext context = context(HotModel.class)) {
			assertThat(context.getBean(HotModel.class).stream(PROMPT)).isNotNull();
		}
	}

	@Test
	void finalClassStaysRawAndIsMeasuredWhereItIsInjectedByInterface() {
		try (AnnotationConfigApplicationContext context = context(FinalClass.class)) {
			TestModels.FinalModel raw = context.getBean(TestModels.FinalModel.class);
			assertThat(AopUtils.isAopProxy(raw)).isFalse();
			Consumer consumer = context.getBean(Consumer.class);
			assertThat(consumer.raw).isSameAs(raw);
			assertThat(AopUtils.isJdkDynamicProxy(consumer.byConstructor)).isTrue();
			assertThat(consumer.byField).isSameAs(consumer.byConstructor);
			assertThat(consumer.streaming).isSameAs(consumer.byConstructor);
			assertThat(consumer.list).singleElement().isSameAs(consumer.byConstructor);
			assertThat(consumer.set).singleElement().isSameAs(consumer.byConstructor);
			assertThat(consumer.map).containsOnlyKeys("finalModel").containsValue(consumer.byConstructor);
			assertThat(consumer.array).singleElement().isSameAs(consumer.byConstructor);
			consumer.byConstructor.call(PROMPT);
			assertThat(this.sink.event().getModel()).isEqualTo("final-model");
		}
	}

	@Test
	void dependenciesOnMeasuredModelsAreKnownToTheContainer() {
		try (AnnotationConfigApplicationContext context = context(TwoOfTheSameFinalClass.class)) {
			assertThat(context.getBeanFactory().getDependentBeans("first")).containsExactly("qualifiedConsumer");
			assertThat(context.getBeanFactory().getDependentBeans("second")).containsExactly("qualifiedConsumer");
		}
	}

	@Test
	void twoBeansOfTheSameFinalClassAreToldApart() {
		try (AnnotationConfigApplicationContext context = context(TwoOfTheSameFinalClass.class)) {
			QualifiedConsumer consumer = context.getBean(QualifiedConsumer.class);
			consumer.first.call(PROMPT);
			consumer.second.call(PROMPT);
			consumer.primary.call(PROMPT);
			assertThat(this.sink.events()).extracting(LlmUsageEvent::getModel)
				.containsExactly("first", "second", "second");
		}
	}

	@Test
	void missingModelIsStillReportedAsMissing() {
		try (AnnotationConfigApplicationContext context = context(OptionalModel.class)) {
			assertThat(context.getBean(OptionalModel.class).model).isNull();
		}
	}

	@Test
	void finalPrototypesAreMeasured() {
		try (AnnotationConfigApplicationContext context = context(FinalPrototype.class)) {
			context.getBean(PrototypeConsumer.class).model.call(PROMPT);
			context.getBean(PrototypeConsumer.class).model.call(PROMPT);
			assertThat(this.sink.events()).hasSize(2);
		}
	}

	@Test
	void classWithFinalMethodStaysWhole() {
		try (AnnotationConfigApplicationContext context = context(ClassWithFinalMethod.class)) {
			assertThat(context.getBean(TestModels.ModelWithFinalMethod.class).call(PROMPT).getMetadata().getModel())
				.isEqualTo("model!");
		}
	}

	@Test
	void beanThatIsProxiedAlreadyGetsNoSecondProxy() {
		try (AnnotationConfigApplicationContext context = context(ProxiedAlready.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(AopUtils.getTargetClass(model)).isEqualTo(TestModels.FinalModel.class);
			model.call("Hi");
			assertThat(this.sink.event().getTotalTokens()).isEqualTo(7);
		}
	}

	@Test
	void measurementIsInsideOfOtherAspects() {
		try (AnnotationConfigApplicationContext context = context(Cached.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			model.call(PROMPT);
			model.call(PROMPT);
			assertThat(this.sink.events()).hasSize(1);
		}
	}

	@Test
	void proxyWithoutTargetIsMeasuredBeforeItsLastAdvisor() {
		try (AnnotationConfigApplicationContext context = context(WithoutTarget.class)) {
			context.getBean(ChatModel.class).call(PROMPT);
			assertThat(this.sink.event().getModel()).isEqualTo("advice");
		}
	}

	@Test
	void otherMethodsOfTheSameNameAreNotMeasured() {
		try (AnnotationConfigApplicationContext context = context(CallableModel.class)) {
			context.getBean(CallableModel.class).call(42);
			context.getBean(CallableModel.class).call("Hi", 42);
			assertThat(this.sink.events()).isEmpty();
		}
	}

	@Test
	void lazyInjectionPointStaysLazy() {
		try (AnnotationConfigApplicationContext context = context(LazyModel.class, LazyConsumer.class)) {
			assertThat(context.getBeanFactory().containsSingleton("lazyModel")).isFalse();
			assertThat(context.getBean(LazyConsumer.class).model.call("Hi")).isEqualTo("Hello");
			assertThat(this.sink.events()).hasSize(1);
		}
	}

	@Test
	void valuesAreStillInjected() {
		try (AnnotationConfigApplicationContext context = context(ValueConsumer.class)) {
			assertThat(context.getBean(ValueConsumer.class).value).isEqualTo("value");
		}
	}

	@Test
	void collectionThatIsABeanItselfIsInjectedAsItIs() {
		try (AnnotationConfigApplicationContext context = context(CollectionBean.class)) {
			assertThat(context.getBean(CollectionConsumer.class).models).isSameAs(context.getBean("models"));
		}
	}

	@Test
	void scopedBeanIsMeasuredOnce() {
		try (AnnotationConfigApplicationContext context = context(Scoped.class)) {
			context.getBean(TestModels.OpenModel.class).call(PROMPT);
			assertThat(this.sink.events()).hasSize(1);
			assertThat(ScopedProxyUtils.isScopedTarget("scopedTarget.scopedModel")).isTrue();
		}
	}

	@Test
	void productOfFactoryBeanIsMeasured() {
		try (AnnotationConfigApplicationContext context = context(Factory.class, PrototypeConsumer.class)) {
			context.getBean(PrototypeConsumer.class).model.call(PROMPT);
			assertThat(this.sink.event().getModel()).isEqualTo("final-model");
		}
	}

	@Test
	void lazyBeanIsMeasured() {
		try (AnnotationConfigApplicationContext context = context(LazyModel.class)) {
			context.getBean(ChatModel.class).call(PROMPT);
			assertThat(this.sink.events()).hasSize(1);
		}
	}

	@Test
	void circularReferenceIsResolvedWithTheSameProxy() {
		try (AnnotationConfigApplicationContext context = context(CircularModel.class, CircularPartner.class)) {
			CircularModel model = context.getBean(CircularModel.class);
			assertThat(AopUtils.isCglibProxy(model)).isTrue();
			assertThat(context.getBean(CircularPartner.class).model).isSameAs(model);
			model.call(PROMPT);
			assertThat(this.sink.events()).hasSize(1);
		}
	}

	@Test
	void decoratorIsNotCountedBesideTheModelItDelegatesTo() {
		try (AnnotationConfigApplicationContext context = context(Decorated.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			model.call(PROMPT);
			model.stream(PROMPT).blockLast();
			assertThat(this.sink.events()).hasSize(2)
				.allSatisfy((event) -> assertThat(event.getModel()).isEqualTo("final-model"));
		}
	}

	@Test
	void exceptionReachesTheCallerUnchanged() {
		try (AnnotationConfigApplicationContext context = context(Failing.class)) {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(ChatModel.class).call("Hi"))
				.isSameAs(Failing.FAILURE);
			assertThat(this.sink.event().getStatus().name()).isEqualTo("ERROR");
		}
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

		private final TestModels.FinalModel raw;

		private final ChatModel byConstructor;

		@Autowired
		private ChatModel byField;

		@Autowired
		private StreamingChatModel streaming;

		@Autowired
		@Qualifier("finalModel")
		private List<ChatModel> list;

		@Autowired
		@Qualifier("finalModel")
		private Set<ChatModel> set;

		@Autowired
		@Qualifier("finalModel")
		private Map<String, ChatModel> map;

		@Autowired
		@Qualifier("finalModel")
		private ChatModel[] array;

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
		private ChatModel first;

		@Autowired
		@Qualifier("second")
		private ChatModel second;

		@Autowired
		private ChatModel primary;

	}

	static class OptionalModel {

		@Autowired(required = false)
		private ChatModel model;

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
		private ChatModel model;

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
		private Collection<ChatModel> models;

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

		private final Function<Prompt, Flux<ChatResponse>> stream;

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
		private ChatModel model;

	}

	static class ValueConsumer {

		@Value("value")
		private String value;

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
		private List<ChatModel> models;

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
		private CircularPartner partner;

	}

	static class CircularPartner {

		@Autowired
		private CircularModel model;

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

		private static final RuntimeException FAILURE = new IllegalStateException("failed");

		@Bean
		ChatModel failingModel() {
			return (prompt) -> {
				throw FAILURE;
			};
		}

	}

}
