// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests models that the post-processor never sees, or that others wrap: each request
 * gives one event.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnseenModelTests {

	private static final String OBSERVATIONS_OFF = "management.observations.enable.gen_ai=false";

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = SmallApplications.recording(this.events, servers)
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
		.withBean(NumberedRequests.Injected.class);

	private NumberedRequests requests;

	@BeforeEach
	void prepare() {
		this.requests = new NumberedRequests(servers);
	}

	private void run(ApplicationContextRunner runner, Consumer<AssertableApplicationContext> requests, int expected) {
		this.requests.run(runner, requests, this.events, expected);
	}

	@Test
	void modelThatIsRegisteredByHandGivesItsEvents(CapturedOutput output) {
		run(SmallApplications.recording(this.events)
			.withBean(NumberedRequests.Injected.class)
			.withInitializer((context) -> register(context, "tenant", this.requests.model())),
				(context) -> context.getBean(NumberedRequests.Injected.class).model.call("Hi"), 1);
		assertThat(output).contains("LLMtrack instruments 1 model bean and");
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsOnly("openai");
	}

	@Test
	void modelThatIsRegisteredByHandAfterTheStartGivesItsEvents() {
		run(SmallApplications.recording(this.events)
			.withPropertyValues("llmtrack.providers.tenant=groq", "llmtrack.instrumentation.exclude-beans=other"),
				(context) -> {
					register(context, "tenant", this.requests.model());
					create(context).model.call("Hi");
					assertThat(context.getBean(InstrumentedModels.class).instrumentedModels()).singleElement()
						.extracting(InstrumentedModel::bean)
						.isEqualTo("tenant");
				}, 1);
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsExactly("groq");
	}

	@Test
	void excludedModelThatIsRegisteredByHandStaysAsItIs() {
		SmallApplications.recording(this.events)
			.withPropertyValues("llmtrack.instrumentation.exclude-beans=tenant")
			.run((context) -> {
				ChatModel model = this.requests.model();
				register(context, "tenant", model);
				assertThat(create(context).model).isSameAs(model);
			});
	}

	@Test
	void registryThatIsRegisteredByHandObservesOnce() {
		ObservationRegistry registry = ObservationRegistry.create();
		run(SmallApplications.recording(this.events, servers)
			.withInitializer((context) -> register(context, "registry", registry)), (context) -> {
				context.getBean(InstrumentedModels.class).instrumentedModels();
				context.getBean(OpenAiChatModel.class).call("Hi");
			}, 1);
	}

	private static void register(ConfigurableApplicationContext context, String name, Object bean) {
		context.getBeanFactory().registerSingleton(name, bean);
	}

	private static NumberedRequests.Injected create(ConfigurableApplicationContext context) {
		return context.getAutowireCapableBeanFactory().createBean(NumberedRequests.Injected.class);
	}

	/**
	 * How somebody else wraps a model.
	 */
	enum Wrapping {

		PROXY_BEFORE, PROXY_AFTER, CLASS_BEFORE, CLASS_AFTER;

		Class<?> configuration() {
			return name().endsWith("AFTER") ? WrappingAfter.class : WrappingBefore.class;
		}

		ChatModel wrap(ChatModel model) {
			return name().startsWith("PROXY") ? proxied(model) : new Wrapper(model);
		}

		private static ChatModel proxied(ChatModel model) {
			return (ChatModel) Proxy.newProxyInstance(ChatModel.class.getClassLoader(),
					new Class<?>[] { ChatModel.class }, (proxy, method, arguments) -> {
						try {
							return method.invoke(model, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getTargetException();
						}
					});
		}

	}

	@ParameterizedTest
	@EnumSource(Wrapping.class)
	void wrappedModelGivesItsEvents(Wrapping wrapping, CapturedOutput output) {
		wrapped(wrapping, OBSERVATIONS_OFF);
		assertThat(output).contains("LLMtrack instruments 1 model bean and").doesNotContain(" WARN ");
	}

	@ParameterizedTest
	@EnumSource(Wrapping.class)
	void wrappedModelThatIsObservedGivesItsEventsOnce(Wrapping wrapping) {
		wrapped(wrapping, "management.observations.enable.gen_ai=true");
	}

	private void wrapped(Wrapping wrapping, String property) {
		run(this.runner.withPropertyValues(property)
			.withBean("wrapping", Wrapping.class, () -> wrapping)
			.withUserConfiguration(wrapping.configuration()), (context) -> {
				ChatModel model = context.getBean(NumberedRequests.Injected.class).model;
				model.call(new Prompt("Hi"));
				model.call(new Prompt("Hi"));
				create(context).model.call(new Prompt("Hi"));
				context.getBean(InstrumentedModels.class).instrumentedModels();
			}, 3);
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsOnly("openai");
	}

	@Test
	void beanThatIsAnotherModelNextTimeHasAnotherProvider() {
		Iterator<ChatModel> models = List
			.of(this.requests.model(), new LookedUpModelTests.OwnModel(this.requests.model()))
			.iterator();
		run(SmallApplications.recording(this.events)
			.withBean("model", ChatModel.class, models::next, (definition) -> definition.setScope("prototype")),
				(context) -> {
					create(context).model.call("Hi");
					create(context).model.call("Hi");
				}, 2);
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsExactly("openai", "unknown");
	}

	@Test
	void modelThatIsInjectedByItsClassIsSaidToBeUnseenIfModelsAreNotObserved(CapturedOutput output) {
		ApplicationContextRunner host = SmallApplications.recording(this.events, servers)
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withBean("injectedByClass", InjectedByClass.class);
		host.run((context) -> assertThat(context).hasNotFailed());
		host.withBean(NumberedRequests.Injected.class)
			.withPropertyValues(OBSERVATIONS_OFF, "llmtrack.instrumentation.exclude-beans=open*")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(" WARN ");
		host.withPropertyValues(OBSERVATIONS_OFF).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce(" WARN ")
			.containsOnlyOnce("Model bean 'openAiChatModel' is injected into 'injectedByClass' by its class")
			.contains("Inject it as ChatModel");
	}

	@ParameterizedTest
	@ValueSource(classes = { WrappingAfter.class, WrappingBefore.class })
	void excludedModelThatIsWrappedStaysAsItIs(Class<?> configuration) {
		this.runner.withPropertyValues("llmtrack.instrumentation.exclude-beans=openAiChatModel")
			.withBean("wrapping", Wrapping.class, () -> Wrapping.CLASS_AFTER)
			.withUserConfiguration(configuration)
			.run((context) -> {
				assertThat(context.getBean(NumberedRequests.Injected.class).model).isExactlyInstanceOf(Wrapper.class);
				context.getBean(NumberedRequests.Injected.class).model.call("Hi");
				assertThat(this.events).isEmpty();
			});
	}

	static class InjectedByClass {

		InjectedByClass(OpenAiChatModel model) {
			assertThat(AopUtils.isAopProxy(model)).isFalse();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrappingAfter {

		@Bean
		static BeanPostProcessor wrappingPostProcessor(BeanFactory beanFactory) {
			return new WrappingPostProcessor(beanFactory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrappingBefore {

		@Bean
		static BeanPostProcessor wrappingPostProcessor(BeanFactory beanFactory) {
			return new OrderedWrappingPostProcessor(beanFactory);
		}

	}

	static class WrappingPostProcessor implements BeanPostProcessor {

		private final BeanFactory beanFactory;

		WrappingPostProcessor(BeanFactory beanFactory) {
			this.beanFactory = beanFactory;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof ChatModel model) ? this.beanFactory.getBean(Wrapping.class).wrap(model) : bean;
		}

	}

	static class OrderedWrappingPostProcessor extends WrappingPostProcessor implements Ordered {

		OrderedWrappingPostProcessor(BeanFactory beanFactory) {
			super(beanFactory);
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	static final class Wrapper implements ChatModel {

		private final ChatModel model;

		Wrapper(ChatModel model) {
			this.model = model;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.model.call(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.model.stream(prompt);
		}

		@Override
		public ChatOptions getOptions() {
			return this.model.getOptions();
		}

	}

}
