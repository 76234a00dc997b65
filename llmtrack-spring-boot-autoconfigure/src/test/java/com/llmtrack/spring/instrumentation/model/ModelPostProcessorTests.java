// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.ModelNameSource;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.Model;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ModelPostProcessor} and {@link InstrumentedModelResolver} with models
 * declared in every way.
 */
class ModelPostProcessorTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private final RecordingSink sink = new RecordingSink();

	private static final EventSettings EVENTS = new EventSettings("default-feature", "test", ModelNameSource.RESPONSE,
			Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), null, null);

	private AnnotationConfigApplicationContext context(Class<?>... configurations) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		((DefaultListableBeanFactory) context.getBeanFactory()).setAllowCircularReferences(true);
		context.registerBean(DefaultModelInstrumentation.class,
				() -> new DefaultModelInstrumentation(TestBeans.of(this.sink, EVENTS, new InstrumentationSettings())));
		context.registerBean(ModelPostProcessor.class,
				() -> new ModelPostProcessor(context.getBean(DefaultModelInstrumentation.class)));
		context.register(configurations);
		context.refresh();
		return context;
	}

	@Test
	void nothingIsAskedForBeforeThereIsAModel() {
		List<String> asked = new ArrayList<>();
		DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(TestBeans.supplying(() -> {
			asked.add("sinks");
			return Stream.of(this.sink);
		}, () -> {
			asked.add("events");
			return new EventSettings();
		}, () -> {
			asked.add("settings");
			return new InstrumentationSettings();
		}, List.of()));
		ModelPostProcessor postProcessor = new ModelPostProcessor(instrumentation);
		postProcessor.postProcessAfterInitialization("no model", "text");
		postProcessor.postProcessAfterInitialization(ObservationRegistry.create(), "registry");
		instrumentation.afterSingletonsInstantiated();
		assertThat(instrumentation.callSitesWithoutFeature()).isEmpty();
		assertThat(asked).isEmpty();
		postProcessor.postProcessAfterInitialization(new TestModels.OpenModel(), "model");
		assertThat(asked).containsExactly("settings");
	}

	@Test
	void openClassIsExtended() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.OpenClass.class)) {
			TestModels.OpenModel model = context.getBean(TestModels.OpenModel.class);
			assertThat(AopUtils.isCglibProxy(model)).isTrue();
			assertThat(model.specificToThisClass()).isEqualTo("open-model");
			model.call(PROMPT);
			assertThat(this.sink.event()).satisfies((event) -> {
				assertThat(event.provider()).isEqualTo(LlmUsageEvent.UNKNOWN);
				assertThat(event.model()).isEqualTo("open-model");
				assertThat(event.tokens().total()).isEqualTo(7);
				assertThat(event.feature()).isEqualTo("default-feature");
				assertThat(event.environment()).isEqualTo("test");
			});
		}
	}

	@Test
	void callThroughTheGenericInterfaceIsCountedOnce() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.OpenClass.class,
				ModelConfigurations.FinalClass.class)) {
			callGenerically(context.getBean("openModel", ChatModel.class));
			callGenerically(context.getBean(ModelConfigurations.Consumer.class).byConstructor);
			assertThat(this.sink.events()).hasSize(2)
				.allSatisfy((event) -> assertThat(event.tokens().total()).isEqualTo(7));
		}
	}

	private static void callGenerically(Model<Prompt, ChatResponse> model) {
		model.call(PROMPT);
	}

	@Test
	void lambdaIsProxiedByItsInterfaces() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Lambda.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			model.call("Hi");
			assertThat(this.sink.event().model()).isEqualTo("lambda-model");
			assertThat(this.sink.event().tokens().total()).isEqualTo(3);
		}
	}

	@Test
	void streamingModelThatIsNoChatModelIsMeasured() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.StreamingOnly.class)) {
			context.getBean(StreamingChatModel.class).stream("Hi").blockLast();
			assertThat(this.sink.event().model()).isEqualTo("streaming-model");
		}
	}

	@Test
	void finalClassDeclaredByInterfaceIsStillFoundByItsClass() {
		try (AnnotationConfigApplicationContext context = context(
				ModelConfigurations.FinalClassDeclaredByInterface.class, ModelConfigurations.PrototypeConsumer.class)) {
			assertThat(context.getBean(ChatModel.class)).isSameAs(context.getBean(TestModels.FinalModel.class));
			context.getBean(ModelConfigurations.PrototypeConsumer.class).model.call(PROMPT);
			assertThat(this.sink.event().model()).isEqualTo("final-model");
		}
	}

	@Test
	void otherAdviceRunsOnceForATextAsWell() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Counted.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(model.call("Hi")).isEqualTo("Hello");
			assertThat(model.stream("Hi").collectList().block()).hasSize(2);
			assertThat(context.getBean(AtomicInteger.class)).hasValue(2);
			assertThat(this.sink.events()).hasSize(2)
				.allSatisfy((event) -> assertThat(event.tokens().total()).isEqualTo(7));
		}
	}

	@Test
	void beanThatHandsOutAnotherOneIsAdvisedOnce() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Selector.class)) {
			Object first = context.getBean("selected");
			context.getBean("selected");
			assertThat(((Advised) context.getBean("selected")).getAdvisorCount()).isOne();
			assertThat(context.getBean("selected")).isSameAs(first);
		}
	}

	@Test
	void mocksAreLeftAlone() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Mocked.class)) {
			ChatModel mock = context.getBean("mock", ChatModel.class);
			assertThat(context.getBean(ModelConfigurations.MockConsumer.class).mock()).isSameAs(mock);
			assertThat(Mockito.mockingDetails(mock).isMock()).isTrue();
			assertThat(AopUtils.isAopProxy(mock)).isFalse();
		}
	}

	@Test
	void genericInjectionPointsGetWhatTheirTypeArgumentSays() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.FinalPrototype.class,
				ModelConfigurations.ClassConsumer.class, ModelConfigurations.InterfaceConsumer.class)) {
			assertThat(context.getBean(ModelConfigurations.ClassConsumer.class).model.specificToThisClass())
				.isEqualTo("final-model");
			assertThat(context.getBean(ModelConfigurations.ClassConsumer.class).models[0].specificToThisClass())
				.isEqualTo("final-model");
			assertThat(AopUtils.isAopProxy(context.getBean(ModelConfigurations.InterfaceConsumer.class).model))
				.isTrue();
			assertThat(AopUtils.isAopProxy(context.getBean(ModelConfigurations.InterfaceConsumer.class).models[0]))
				.isTrue();
		}
	}

	@Test
	void injectedCollectionKeepsItsDuplicates() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Selector.class)) {
			assertThat(context.getBean(ModelConfigurations.ModelCollection.class).models).hasSize(2);
		}
	}

	@Test
	void decoratorThatStreamsABlockingCallIsNotCountedBesideIt() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.BlockingDecorators.class)) {
			List.of("eager", "callable", "deferred")
				.forEach((name) -> context.getBean(name, ChatModel.class).stream(PROMPT).blockLast());
			assertThat(this.sink.events()).hasSize(3)
				.allSatisfy((event) -> assertThat(event.model()).isEqualTo("open-model"));
		}
	}

	@Test
	void streamOfASpecialKindIsLeftAlone() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.HotModel.class)) {
			assertThat(context.getBean(ModelConfigurations.HotModel.class).stream(PROMPT)).isNotNull();
		}
	}

	@Test
	void finalClassStaysRawAndIsMeasuredWhereItIsInjectedByInterface() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.FinalClass.class)) {
			TestModels.FinalModel raw = context.getBean(TestModels.FinalModel.class);
			assertThat(AopUtils.isAopProxy(raw)).isFalse();
			ModelConfigurations.Consumer consumer = context.getBean(ModelConfigurations.Consumer.class);
			assertThat(consumer.raw).isSameAs(raw);
			assertThat(AopUtils.isJdkDynamicProxy(consumer.byConstructor)).isTrue();
			assertThat(consumer.byField).isSameAs(consumer.byConstructor);
			assertThat(consumer.streaming).isSameAs(consumer.byConstructor);
			assertThat(consumer.list).singleElement().isSameAs(consumer.byConstructor);
			assertThat(consumer.set).singleElement().isSameAs(consumer.byConstructor);
			assertThat(consumer.map).containsOnlyKeys("finalModel").containsValue(consumer.byConstructor);
			assertThat(consumer.array).singleElement().isSameAs(consumer.byConstructor);
			consumer.byConstructor.call(PROMPT);
			assertThat(this.sink.event().model()).isEqualTo("final-model");
		}
	}

	@Test
	void dependenciesOnMeasuredModelsAreKnownToTheContainer() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.TwoOfTheSameFinalClass.class)) {
			assertThat(context.getBeanFactory().getDependentBeans("first")).containsExactly("qualifiedConsumer");
			assertThat(context.getBeanFactory().getDependentBeans("second")).containsExactly("qualifiedConsumer");
		}
	}

	@Test
	void twoBeansOfTheSameFinalClassAreToldApart() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.TwoOfTheSameFinalClass.class)) {
			ModelConfigurations.QualifiedConsumer consumer = context
				.getBean(ModelConfigurations.QualifiedConsumer.class);
			consumer.first.call(PROMPT);
			consumer.second.call(PROMPT);
			consumer.primary.call(PROMPT);
			assertThat(this.sink.events()).extracting(LlmUsageEvent::model)
				.containsExactly("first", "second", "second");
		}
	}

	@Test
	void missingModelIsStillReportedAsMissing() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.OptionalModel.class)) {
			assertThat(context.getBean(ModelConfigurations.OptionalModel.class).model).isNull();
		}
	}

	@Test
	void finalPrototypesAreMeasured() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.FinalPrototype.class)) {
			context.getBean(ModelConfigurations.PrototypeConsumer.class).model.call(PROMPT);
			context.getBean(ModelConfigurations.PrototypeConsumer.class).model.call(PROMPT);
			assertThat(this.sink.events()).hasSize(2);
		}
	}

	@Test
	void classWithFinalMethodStaysWhole() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.ClassWithFinalMethod.class)) {
			assertThat(context.getBean(TestModels.ModelWithFinalMethod.class).call(PROMPT).getMetadata().getModel())
				.isEqualTo("model!");
		}
	}

	@Test
	void beanThatIsProxiedAlreadyGetsNoSecondProxy() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.ProxiedAlready.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			assertThat(AopUtils.getTargetClass(model)).isEqualTo(TestModels.FinalModel.class);
			model.call("Hi");
			assertThat(this.sink.event().tokens().total()).isEqualTo(7);
		}
	}

	@Test
	void measurementIsInsideOfOtherAspects() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Cached.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			model.call(PROMPT);
			model.call(PROMPT);
			assertThat(this.sink.events()).hasSize(1);
		}
	}

	@Test
	void proxyWithoutTargetIsMeasuredBeforeItsLastAdvisor() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.WithoutTarget.class)) {
			context.getBean(ChatModel.class).call(PROMPT);
			assertThat(this.sink.event().model()).isEqualTo("advice");
		}
	}

	@Test
	void otherMethodsOfTheSameNameAreNotMeasured() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.CallableModel.class)) {
			context.getBean(ModelConfigurations.CallableModel.class).call(42);
			context.getBean(ModelConfigurations.CallableModel.class).call("Hi", 42);
			assertThat(this.sink.events()).isEmpty();
		}
	}

	@Test
	void lazyInjectionPointStaysLazy() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.LazyModel.class,
				ModelConfigurations.LazyConsumer.class)) {
			assertThat(context.getBeanFactory().containsSingleton("lazyModel")).isFalse();
			assertThat(context.getBean(ModelConfigurations.LazyConsumer.class).model.call("Hi")).isEqualTo("Hello");
			assertThat(this.sink.events()).hasSize(1);
		}
	}

	@Test
	void valuesAreStillInjected() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.ValueConsumer.class)) {
			assertThat(context.getBean(ModelConfigurations.ValueConsumer.class).value).isEqualTo("value");
		}
	}

	@Test
	void collectionThatIsABeanItselfIsInjectedAsItIs() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.CollectionBean.class)) {
			assertThat(context.getBean(ModelConfigurations.CollectionConsumer.class).models)
				.isSameAs(context.getBean("models"));
		}
	}

	@Test
	void scopedBeanIsMeasuredOnce() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Scoped.class)) {
			context.getBean(TestModels.OpenModel.class).call(PROMPT);
			assertThat(this.sink.events()).hasSize(1);
			assertThat(ScopedProxyUtils.isScopedTarget("scopedTarget.scopedModel")).isTrue();
		}
	}

	@Test
	void productOfFactoryBeanIsMeasured() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Factory.class,
				ModelConfigurations.PrototypeConsumer.class)) {
			context.getBean(ModelConfigurations.PrototypeConsumer.class).model.call(PROMPT);
			assertThat(this.sink.event().model()).isEqualTo("final-model");
		}
	}

	@Test
	void lazyBeanIsMeasured() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.LazyModel.class)) {
			context.getBean(ChatModel.class).call(PROMPT);
			assertThat(this.sink.events()).hasSize(1);
		}
	}

	@Test
	void circularReferenceIsResolvedWithTheSameProxy() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.CircularModel.class,
				ModelConfigurations.CircularPartner.class)) {
			ModelConfigurations.CircularModel model = context.getBean(ModelConfigurations.CircularModel.class);
			assertThat(AopUtils.isCglibProxy(model)).isTrue();
			assertThat(context.getBean(ModelConfigurations.CircularPartner.class).model).isSameAs(model);
			model.call(PROMPT);
			assertThat(this.sink.events()).hasSize(1);
		}
	}

	@Test
	void decoratorIsNotCountedBesideTheModelItDelegatesTo() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Decorated.class)) {
			ChatModel model = context.getBean(ChatModel.class);
			model.call(PROMPT);
			model.stream(PROMPT).blockLast();
			assertThat(this.sink.events()).hasSize(2)
				.allSatisfy((event) -> assertThat(event.model()).isEqualTo("final-model"));
		}
	}

	@Test
	void exceptionReachesTheCallerUnchanged() {
		try (AnnotationConfigApplicationContext context = context(ModelConfigurations.Failing.class)) {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(ChatModel.class).call("Hi"))
				.isSameAs(ModelConfigurations.Failing.FAILURE);
			assertThat(this.sink.event().status().name()).isEqualTo("ERROR");
		}
	}

}
