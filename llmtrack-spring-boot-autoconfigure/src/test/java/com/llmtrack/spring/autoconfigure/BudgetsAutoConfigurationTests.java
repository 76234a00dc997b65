// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.llmtrack.spring.LlmBudgetExceededEvent;
import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerId;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.actuate.BudgetReport;
import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.actuate.LlmTrackHealthIndicator;
import com.llmtrack.spring.actuate.LlmTrackMetrics;
import com.llmtrack.spring.budget.BudgetStatus;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.AheadOfTime;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for budgets in applications.
 */
@ExtendWith(OutputCaptureExtension.class)
class BudgetsAutoConfigurationTests {

	private static final String REFUSING = "llmtrack.budgets.all.requests=1,llmtrack.budgets.all.then=refuse";

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class,
				LlmTrackInstrumentationAutoConfiguration.class, LlmTrackMetricsAutoConfiguration.class,
				LlmTrackHealthContributorAutoConfiguration.class, LlmTrackEndpointAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean(ChatModel.class, () -> (prompt) -> new ChatResponse(List.of()))
		.withPropertyValues("management.endpoints.web.exposure.include=*", "llmtrack.delivery.shutdown-timeout=5s");

	private ApplicationContextRunner with(String... properties) {
		return this.runner.withPropertyValues(properties);
	}

	private static String[] refusing() {
		return REFUSING.split(",");
	}

	private static void call(ConfigurableApplicationContext context) {
		context.getBean(ChatModel.class).call(new Prompt("Hi"));
	}

	private static BudgetStatus budget(ConfigurableApplicationContext context) {
		return context.getBean(Budgets.class).status().get(0);
	}

	@Test
	void budgetsNeedNeitherKeyNorSink(CapturedOutput output) {
		with(refusing()).run((context) -> {
			call(context);
			assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> call(context))
				.satisfies((refused) -> assertThat(refused.getAccount().budget()).isEqualTo("all"));
			assertThat(budget(context).refused()).isOne();
			assertThat(budget(context).account().spent()).isEqualByComparingTo("1");
		});
		assertThat(output)
			.containsOnlyOnce("LLMtrack instruments 1 model bean; budgets: all; off: delivery to LLMtrack, embeddings.")
			.doesNotContain("LLMtrack is off", "ERROR");
	}

	@Test
	void startLineNamesAFewBudgets(CapturedOutput output) {
		List<String> properties = new ArrayList<>(List.of("llmtrack.api-key=llmtrack-key"));
		for (String name : List.of("f", "e", "d", "c", "b", "a")) {
			properties.add("llmtrack.budgets." + name + ".requests=1");
		}
		with(properties.toArray(String[]::new)).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("sends events to https://llm-track.com; budgets: a, b, c, d and 2 more; off:");
	}

	@Test
	void keyThatIsNotSentIsReportedThoughThereAreBudgets(CapturedOutput output) {
		with("llmtrack.api-key=sk-abc", "llmtrack.budgets.all.requests=5").run((context) -> {
			call(context);
			assertThat(budget(context).account().spent()).isEqualByComparingTo("1");
		});
		assertThat(output)
			.contains("Events go to the application's budgets, but not to LLMtrack, because llmtrack.api-key ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.enabled=false,llmtrack.budgets.all.requests=0,llmtrack.budgets.all.then=refuse",
			"llmtrack.budgets.store=redis,llmtrack.budgets.zone=Z" })
	void thereAreNone(String properties) {
		with(properties.split(",")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Budgets.class)).isSameAs(Budgets.none());
			assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isFalse();
			call(context);
		});
	}

	@Test
	void budgetsHaveCountedARequestWhenASinkHearsOfIt() {
		List<BigDecimal> spent = new ArrayList<>();
		with("llmtrack.budgets.all.requests=5")
			.withInitializer((context) -> context.getBeanFactory()
				.registerSingleton("sink", (LlmUsageEventSink) (event) -> spent.add(budget(context).account().spent())))
			.run((context) -> {
				call(context);
				assertThat(spent).containsExactly(BigDecimal.ONE);
				assertThat(context.getBeansOfType(LlmUsageEventSink.class)).doesNotContainKey(Activation.BUDGETS_BEAN);
			});
	}

	@Test
	void listenersAreTold() {
		List<Object> events = new CopyOnWriteArrayList<>();
		with("llmtrack.budgets.all.requests=1").withInitializer((context) -> context.addApplicationListener((event) -> {
			if (event instanceof PayloadApplicationEvent<?> payload) {
				events.add(payload.getPayload());
			}
		})).run((context) -> {
			call(context);
			Waiting.await()
				.untilAsserted(() -> assertThat(events).hasAtLeastOneElementOfType(LlmBudgetExceededEvent.class));
		});
	}

	@Test
	void costsAreThoseOfLlmTrack() {
		servers.llmTrackAnswers(WireMock.okJson("{\"ok\":true,\"cost\":0.25}").withStatus(201));
		delivering("llmtrack.budgets.all.limit=50 USD").run((context) -> {
			call(context);
			Waiting.await()
				.untilAsserted(() -> assertThat(budget(context).account().spent()).isEqualByComparingTo("0.25"));
		});
	}

	@Test
	void costsAreCorrectedUntilTheDispatcherHasEnded() {
		servers.llmTrackAnswers(WireMock.okJson("{\"ok\":true,\"cost\":0.25}").withStatus(201).withFixedDelay(500));
		Budgets[] budgets = new Budgets[1];
		delivering("llmtrack.budgets.all.limit=50 USD").run((context) -> {
			budgets[0] = context.getBean(Budgets.class);
			call(context);
		});
		assertThat(budgets[0].status().get(0).account().spent()).isEqualByComparingTo("0.25");
	}

	@Test
	void requestsAtTheEndAreCounted() {
		Budgets[] budgets = new Budgets[1];
		with("llmtrack.budgets.all.requests=9").withBean(LastCaller.class)
			.run((context) -> budgets[0] = context.getBean(Budgets.class));
		assertThat(budgets[0].status().get(0).account().spent()).isEqualByComparingTo("1");
	}

	@Test
	void accountsSurviveARestart(@TempDir Path directory) {
		ApplicationContextRunner application = with("llmtrack.budgets.all.requests=9",
				"llmtrack.spool.directory=" + directory)
			.withBean(LastCaller.class);
		application.run(BudgetsAutoConfigurationTests::call);
		application.run((context) -> Waiting.await()
			.untilAsserted(() -> assertThat(budget(context).account().spent()).isEqualByComparingTo("2")));
	}

	private ApplicationContextRunner delivering(String... properties) {
		return with(properties).withPropertyValues("llmtrack.api-key=llmtrack-key",
				"llmtrack.base-url=" + servers.llmTrackUrl(), "llmtrack.delivery.shutdown-timeout=1m");
	}

	@Test
	void threadsEndWithTheApplication() {
		LiveThreads threads = LiveThreads.named((name) -> name.startsWith("llmtrack-budget"));
		with("llmtrack.budgets.all.requests=1").run(BudgetsAutoConfigurationTests::call);
		Waiting.await().untilAsserted(() -> assertThat(threads.started()).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.api-key=", "llmtrack.api-key=llmtrack-key" })
	void requestsOfAChildCountInTheBudgetsOfItsParent(String key) {
		with(refusing())
			.withPropertyValues(key, "llmtrack.base-url=http://localhost:1", "llmtrack.delivery.shutdown-timeout=0s")
			.run((parent) -> with(refusing()).withPropertyValues(key).withParent(parent).run((child) -> {
				assertThat(child.getBean(Budgets.class)).isSameAs(parent.getBean(Budgets.class));
				call(child);
				assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> call(parent));
				assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> call(child));
			}));
	}

	@Test
	void childMayHaveBudgetsOfItsOwn() {
		this.runner.run((parent) -> with(refusing()).withParent(parent).run((child) -> {
			call(child);
			assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> call(child));
			call(parent);
		}));
	}

	@Test
	void budgetsOfAChildCountThoughItsParentDelivers() {
		servers.llmTrackAnswers(WireMock.okJson("{\"ok\":true,\"cost\":0.25}").withStatus(201));
		delivering().run((parent) -> {
			Budgets[] budgets = new Budgets[1];
			delivering("llmtrack.budgets.all.limit=0.25 USD", "llmtrack.budgets.all.then=refuse").withParent(parent)
				.run((child) -> {
					budgets[0] = child.getBean(Budgets.class);
					call(child);
					Waiting.await()
						.untilAsserted(() -> assertThat(budget(child).account().spent()).isEqualByComparingTo("0.25"));
					assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> call(child));
				});
			call(parent);
			Waiting.await().until(() -> parent.getBean(EventDispatcher.class).getStatistics().getDelivered() == 2);
			assertThat(parent.getBean(EventDispatcher.class)).extracting("listeners.listeners")
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.extracting((listener) -> listener.getClass().getSimpleName())
				.doesNotContain("Corrections");
			assertThat(budgets[0].status().get(0).account().spent()).isEqualByComparingTo("0.25");
		});
	}

	@Test
	void budgetsAreThereFromTheStartThoughBeansAreLazy(@TempDir Path directory) {
		ApplicationContextRunner lazy = with("llmtrack.budgets.all.requests=9", "llmtrack.spool.directory=" + directory)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));
		lazy.run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton(Activation.BUDGETS_BEAN)).isTrue();
			assertThat(context.getBeanFactory().getBeanDefinition(Activation.BUDGETS_BEAN).isLazyInit()).isFalse();
			assertThat(context.getBean(ApplicationBudgets.LIFECYCLE, BudgetLifecycle.class).isRunning()).isTrue();
			call(context);
		});
		lazy.run((context) -> Waiting.await()
			.untilAsserted(() -> assertThat(budget(context).account().spent()).isEqualByComparingTo("1")));
		lazy.withPropertyValues("llmtrack.budgets.store-timeout=5s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("llmtrack.budgets.store-timeout"));
	}

	@Test
	void sinkThatCantBeCreatedCostsTheOthersNoEvent(CapturedOutput output) {
		List<LlmUsageEvent> events = new ArrayList<>();
		with("llmtrack.budgets.all.requests=9").withBean("working", LlmUsageEventSink.class, () -> events::add)
			.withBean("broken", LlmUsageEventSink.class, () -> {
				throw new IllegalStateException("no database");
			}, (definition) -> definition.setLazyInit(true))
			.run((context) -> {
				call(context);
				call(context);
				assertThat(events).hasSize(2);
				assertThat(budget(context).account().spent()).isEqualByComparingTo("2");
			});
		assertThat(output).containsOnlyOnce("Model requests are not recorded by bean 'broken'").contains("no database");
	}

	@Test
	void metricsEndpointAndHealthShowBudgets() {
		with(refusing())
			.withPropertyValues("llmtrack.budgets.customers.tokens=10", "llmtrack.budgets.customers.per=customer",
					"llmtrack.customer.from=principal")
			.run((context) -> {
				call(context);
				assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> call(context));
				context.getBean(Budgets.class)
					.record(LlmUsageEvent.builder()
						.provider("openai")
						.model("gpt-4o")
						.customer(LlmCustomer.of("acme"))
						.tokens(4L, 5L, 9L)
						.build());
				assertMeters(context);
				assertReported(context);
				assertThat(context.getBean(LlmTrackHealthIndicator.class).health(true)).isNotNull()
					.satisfies((health) -> {
						assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
						assertThat(health.getDetails()).containsEntry("budgets",
								Map.of("all", Map.of("state", "exceeded", "share", 2.0), "customers",
										Map.of("state", "warning", "share", 0.9)));
					});
			});
	}

	private static void assertMeters(AssertableApplicationContext context) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		context.getBean(LlmTrackMetrics.class).bindTo(registry);
		assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly("llmtrack.budget.spent", "llmtrack.budget.limit", "llmtrack.budget.share",
					"llmtrack.budget.refused");
		assertThat(registry.get("llmtrack.budget.spent").tags("budget", "customers", "unit", "tokens").gauge().value())
			.isEqualTo(9);
		assertThat(registry.get("llmtrack.budget.limit").tags("budget", "all", "unit", "requests").gauge().value())
			.isEqualTo(1);
		assertThat(registry.get("llmtrack.budget.share").tag("budget", "customers").gauge().value()).isEqualTo(0.9);
		assertThat(registry.get("llmtrack.budget.refused").tag("budget", "all").functionCounter().count()).isOne();
	}

	private static void assertReported(AssertableApplicationContext context) {
		List<BudgetReport> budgets = context.getBean(LlmTrackEndpoint.class).report().budgets();
		assertThat(budgets).extracting(BudgetReport::name).containsExactly("all", "customers");
		assertThat(budgets.get(0)).satisfies((all) -> {
			assertThat(all).extracting("period", "unit", "state", "then", "refused", "per", "accounts")
				.containsExactly("month", "requests", "exceeded", "refuse", 1L, null, 1);
			assertThat(all.fullest()).isEmpty();
			assertThat(all.start()).isBeforeOrEqualTo(OffsetDateTime.now()).isBefore(all.end());
		});
		assertThat(budgets.get(1)).satisfies((customers) -> {
			assertThat(customers).extracting("unit", "state", "then", "share", "per", "accounts")
				.containsExactly("tokens", "warning", "warn", 0.9, "customer", 1);
			assertThat(customers.fullest())
				.containsExactly(new BudgetReport.Account("acme", BigDecimal.valueOf(9), 0.9));
		});
	}

	@Test
	void nothingIsShownWithoutBudgets() {
		with("llmtrack.api-key=llmtrack-key", "llmtrack.delivery.shutdown-timeout=0s").run((context) -> {
			assertThat(context.getBean(LlmTrackEndpoint.class).report().budgets()).isEmpty();
			assertThat(context.getBean(LlmTrackHealthIndicator.class).health().getDetails())
				.doesNotContainKey("budgets");
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(LlmTrackMetrics.class).bindTo(registry);
			assertThat(registry.find("llmtrack.budget.spent").gauge()).isNull();
		});
	}

	@Test
	void featureThatNobodyNamesIsAWarning(CapturedOutput output) {
		with("llmtrack.budgets.a.requests=1", "llmtrack.budgets.a.feature=suport").withBean(Support.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("Budget 'a' counts requests of the feature 'suport'")
			.contains("correct llmtrack.budgets.a.feature.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "support", "SUPPORT", "sup*", "fallback" })
	void featureThatIsNamedIsNone(String feature, CapturedOutput output) {
		with("llmtrack.default-feature=fallback", "llmtrack.budgets.a.requests=1",
				"llmtrack.budgets.a.feature=" + feature)
			.withBean(Support.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("Budget 'a' counts requests of");
	}

	@ParameterizedTest
	@ValueSource(strings = { "per", "customer" })
	void customersThatNobodyTellsAreAWarning(String property, CapturedOutput output) {
		with("llmtrack.budgets.a.requests=1", "llmtrack.budgets.a." + property + "=customer").withBean(Support.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("Budget 'a' counts requests of customers only")
			.contains("or remove llmtrack.budgets.a." + property + ".");
	}

	@Test
	void customersThatSomebodyTellsAreNone(CapturedOutput output) {
		ApplicationContextRunner perCustomer = with("llmtrack.budgets.a.requests=1", "llmtrack.budgets.a.per=customer");
		perCustomer.withPropertyValues("llmtrack.customer.from=principal")
			.run((context) -> assertThat(context).hasNotFailed());
		perCustomer.withBean(LlmCustomerResolver.class, () -> () -> null)
			.run((context) -> assertThat(context).hasNotFailed());
		perCustomer.withBean(Orders.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("Budget 'a' counts requests of");
	}

	@Test
	void propertiesOfTheRunDecideIfProcessedAheadOfTime() {
		AheadOfTime application = AheadOfTime.processed(Application.class, "llmtrack.enabled=false",
				"llmtrack.budgets.other.requests=1");
		try (ConfigurableApplicationContext context = application.run(refusing())) {
			call(context);
			assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> call(context));
			assertThat(context.getBean(Budgets.class).status()).hasSize(1);
		}
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.getBean(Budgets.class).isEmpty()).isTrue();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class })
	static class Application {

		@Bean
		ChatModel model() {
			return new OwnModel();
		}

	}

	static class OwnModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of());
		}

	}

	static class Support {

		@LlmFeature("support")
		void answer() {
		}

	}

	static class Orders {

		void order(@LlmCustomerId String customer) {
		}

	}

	/**
	 * Records a request when it is destroyed, as one of the last beans.
	 */
	static class LastCaller implements DisposableBean {

		private final LlmUsageRecorder recorder;

		LastCaller(LlmUsageRecorder recorder) {
			this.recorder = recorder;
		}

		@Override
		public void destroy() {
			this.recorder.ended("openai", "gpt-4o").record();
		}

	}

}
