// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.llmtrack.spring.LlmFeature;
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

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests models that the application's post-processors need, and that exist therefore
 * before the post-processor: each request gives one event, and the application starts and
 * behaves as without LLMtrack.
 */
@ExtendWith(OutputCaptureExtension.class)
class EarlyModelTests {

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

	/**
	 * What needs beans before any ordinary bean is created.
	 */
	enum Early {

		ORDERED(Needy.OfModel.class, true), PRIORITY_ORDERED(Needy.OfModelAtOnce.class, true),
		FACTORY(Needy.OfModelInFactory.class, true), REGISTRY(Needy.OfRegistry.class, false),
		REST_CLIENT(Needy.OfRestClient.class, false);

		private final Class<?> configuration;

		private final boolean needsModel;

		Early(Class<?> configuration, boolean needsModel) {
			this.configuration = configuration;
			this.needsModel = needsModel;
		}

	}

	@ParameterizedTest
	@EnumSource(Early.class)
	void modelOfAnEarlyBeanGivesItsEvents(Early early) {
		ApplicationContextRunner host = host(early);
		run(host, (context) -> {
			context.getBean(Needy.class).request();
			context.getBean(NumberedRequests.Injected.class).model.call("Hi");
			context.getBean(OpenAiChatModel.class).call("Hi");
		}, early.needsModel ? 3 : 2);
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsOnly("openai");
	}

	@ParameterizedTest
	@EnumSource(Early.class)
	void modelOfAnEarlyBeanGivesItsEventsThoughModelsAreNotObserved(Early early, CapturedOutput output) {
		run(host(early, Unobserved.class), (context) -> {
			assertThat(context.getBean(OpenAiChatModel.class)).isExactlyInstanceOf(OpenAiChatModel.class);
			context.getBean(Needy.class).request();
			context.getBean(NumberedRequests.Injected.class).model.call("Hi");
		}, early.needsModel ? 2 : 1);
		assertThat(output).doesNotContain("Bean 'llmtrack");
	}

	@ParameterizedTest
	@EnumSource(Early.class)
	void excludedModelOfAnEarlyBeanStaysAsItIs(Early early) {
		host(early).withPropertyValues("llmtrack.instrumentation.exclude-beans=open*").run((context) -> {
			context.getBean(Needy.class).request();
			context.getBean(NumberedRequests.Injected.class).model.call("Hi");
			assertThat(context.getBean(NumberedRequests.Injected.class).model)
				.isSameAs(context.getBean(OpenAiChatModel.class));
			assertThat(this.events).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(Early.class)
	void nothingIsTouchedWhereLlmTrackIsOff(Early early, CapturedOutput output) {
		host(early).withPropertyValues("llmtrack.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(Needy.class).request();
			assertThat(context.getBean(NumberedRequests.Injected.class).model)
				.isSameAs(context.getBean(OpenAiChatModel.class));
			assertThat(this.events).isEmpty();
		});
		assertThat(output).doesNotContain("Bean 'llmtrack");
	}

	private ApplicationContextRunner host(Early early) {
		return host(early, Observed.class);
	}

	private ApplicationContextRunner host(Early early, Class<?> models) {
		// Properties are not bound yet where a bean is created as early as that
		return this.runner.withUserConfiguration(early.configuration, models)
			.withBean("requests", NumberedRequests.class, () -> this.requests)
			.withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class,
					RestClientObservationAutoConfiguration.class));
	}

	@Test
	void earlyBeanHasItsFeature() {
		run(this.runner.withBean("openAiChatModel", OpenAiChatModel.class, this.requests::model)
			.withBean("annotated", Annotated.class)
			.withUserConfiguration(Needy.OfAnnotated.class), (context) -> context.getBean(Needy.class).request(), 1);
		assertThat(this.events).extracting(LlmUsageEvent::feature).containsExactly("early");
	}

	@Test
	void earlyBeansKeepThePlaceOfTheApplicationsOwnProxies() {
		run(this.runner.withUserConfiguration(Needy.OfModel.class)
			.withBean("openAiChatModel", OpenAiChatModel.class, this.requests::model)
			.withBean("later", Annotated.class), (context) -> {
				assertThat(AopUtils.isCglibProxy(context.getBean(Annotated.class))).isTrue();
				context.getBean(Annotated.class).ask();
			}, 1);
		assertThat(this.events).extracting(LlmUsageEvent::feature).containsExactly("early");
	}

	static class Annotated {

		private final ChatModel model;

		Annotated(ChatModel model) {
			this.model = model;
		}

		@LlmFeature("early")
		void ask() {
			this.model.call("Hi");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unobserved {

		@Bean
		static OpenAiChatModel openAiChatModel(NumberedRequests requests) {
			return requests.model();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Observed {

		@Bean
		static OpenAiChatModel openAiChatModel(NumberedRequests requests, ObservationRegistry observations) {
			return requests.model(observations);
		}

	}

	/**
	 * A post-processor that needs a bean.
	 */
	static class Needy implements BeanPostProcessor {

		private final Runnable request;

		Needy(Runnable request) {
			this.request = request;
		}

		void request() {
			this.request.run();
		}

		static class OrderedNeedy extends Needy implements Ordered {

			OrderedNeedy(Runnable request) {
				super(request);
			}

			@Override
			public int getOrder() {
				return 0;
			}

		}

		static class PriorityNeedy extends OrderedNeedy implements PriorityOrdered {

			PriorityNeedy(Runnable request) {
				super(request);
			}

		}

		static class FactoryNeedy extends Needy implements BeanFactoryPostProcessor, PriorityOrdered {

			FactoryNeedy(Runnable request) {
				super(request);
			}

			@Override
			public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
			}

			@Override
			public int getOrder() {
				return 0;
			}

		}

		@Configuration(proxyBeanMethods = false)
		static class OfModel {

			@Bean
			static OrderedNeedy needy(ChatModel model) {
				return new OrderedNeedy(() -> model.call("Hi"));
			}

		}

		@Configuration(proxyBeanMethods = false)
		static class OfModelAtOnce {

			@Bean
			static PriorityNeedy needy(ChatModel model) {
				return new PriorityNeedy(() -> model.call("Hi"));
			}

		}

		@Configuration(proxyBeanMethods = false)
		static class OfModelInFactory {

			@Bean
			static FactoryNeedy needy(ChatModel model) {
				return new FactoryNeedy(() -> model.call("Hi"));
			}

		}

		@Configuration(proxyBeanMethods = false)
		static class OfRegistry {

			@Bean
			static PriorityNeedy needy(ObservationRegistry registry) {
				return new PriorityNeedy(() -> assertThat(registry).isNotNull());
			}

		}

		@Configuration(proxyBeanMethods = false)
		static class OfRestClient {

			@Bean
			static OrderedNeedy needy(RestClient.Builder builder) {
				return new OrderedNeedy(() -> assertThat(builder).isNotNull());
			}

		}

		@Configuration(proxyBeanMethods = false)
		static class OfAnnotated {

			@Bean
			static OrderedNeedy needy(Annotated annotated) {
				return new OrderedNeedy(annotated::ask);
			}

		}

	}

}
