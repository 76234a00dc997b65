// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.nio.file.Path;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.actuate.LlmTrackHealthIndicator;
import com.llmtrack.spring.actuate.LlmTrackInfoContributor;
import com.llmtrack.spring.actuate.LlmTrackMetrics;
import com.llmtrack.spring.actuate.LlmTrackSanitizingFunction;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configurations of metrics, health and endpoint, and for the line at
 * start.
 */
@ExtendWith(OutputCaptureExtension.class)
class ActuateAutoConfigurationTests {

	private static final String SECRET = "secret-llmtrack-key";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class,
				LlmTrackInstrumentationAutoConfiguration.class, LlmTrackMetricsAutoConfiguration.class,
				LlmTrackHealthContributorAutoConfiguration.class, LlmTrackEndpointAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("llmtrack.api-key=" + SECRET, "management.endpoints.web.exposure.include=*",
				"management.endpoints.jmx.exposure.include=*");

	@Test
	void everythingIsThere() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(LlmTrackMetrics.class)
			.hasSingleBean(LlmTrackHealthIndicator.class)
			.hasBean("llmtrackHealthIndicator")
			.hasSingleBean(LlmTrackEndpoint.class)
			.hasSingleBean(LlmTrackSanitizingFunction.class)
			.hasSingleBean(LlmTrackInfoContributor.class));
	}

	@Test
	void everythingSaysThatThereIsNoKey() {
		this.runner.withPropertyValues("llmtrack.api-key=", "llmtrack.health.problem-status=DOWN")
			.run((context) -> assertOff(context, "LLMtrack is off, because there is no key"));
	}

	@Test
	void everythingSaysThatItIsDisabled() {
		this.runner.withPropertyValues("llmtrack.enabled=false")
			.run((context) -> assertOff(context, "LLMtrack is off, because llmtrack.enabled is false"));
	}

	private static void assertOff(AssertableApplicationContext context, String meaning) {
		LlmTrackEndpoint endpoint = context.getBean(LlmTrackEndpoint.class);
		assertThat(endpoint.report().delivery()).extracting("state", "meaning").containsExactly("off", meaning);
		assertThat(endpoint.report().models()).isEmpty();
		assertThat(endpoint.perform(LlmTrackEndpoint.Action.TEST)).extracting("result", "problem")
			.containsExactly("off", meaning);
		assertThat(endpoint.perform(LlmTrackEndpoint.Action.RESUME)).isNull();
		assertThat(context.getBean(LlmTrackHealthIndicator.class).health(true)).isNotNull().satisfies((health) -> {
			assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health.getDetails()).containsEntry("meaning", meaning);
		});
		assertThat(context.getBean(MeterRegistry.class).getMeters())
			.noneMatch((meter) -> meter.getId().getName().startsWith("llmtrack"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.api-key=", "llmtrack.delivery.enabled=false" })
	void deliveryIsOffThoughThereIsASinkOfTheApplicationsOwn(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property).withBean("sink", LlmUsageEventSink.class, () -> (event) -> {
		})
			.run((context) -> assertThat(context.getBean(LlmTrackEndpoint.class).report().delivery().state())
				.isEqualTo("off"));
		assertThat(output)
			.containsOnlyOnce("sends events to the application's own LlmUsageEventSink (sink); "
					+ "off: delivery to LLMtrack, embeddings.")
			.doesNotContain("LLMtrack is off", "ERROR");
	}

	@Test
	void everythingIsThereBesideASinkOfTheApplicationsOwn(CapturedOutput output) {
		this.runner.withBean("one", LlmUsageEventSink.class, () -> (event) -> {
		}).withBean("two", LlmUsageEventSink.class, () -> (event) -> {
		})
			.run((context) -> assertThat(context).hasSingleBean(LlmTrackMetrics.class)
				.hasSingleBean(LlmTrackHealthIndicator.class)
				.hasSingleBean(LlmTrackEndpoint.class));
		assertThat(output).containsOnlyOnce("sends events to https://llm-track.com and to the application's own "
				+ "LlmUsageEventSink (one, two); off: embeddings.");
	}

	@Test
	void metricsNeedNoRegistry() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackMetricsAutoConfiguration.class))
			.withPropertyValues("llmtrack.api-key=" + SECRET)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(classes = { SimpleMetricsExportAutoConfiguration.class, VendorsMetricsAutoConfiguration.class })
	void metricsComeAfterWhateverBringsTheRegistry(Class<?> registry) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(registry, MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, LlmTrackAutoConfiguration.class,
					LlmTrackInstrumentationAutoConfiguration.class, LlmTrackMetricsAutoConfiguration.class))
			.withPropertyValues("llmtrack.api-key=" + SECRET)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(LlmTrackMetrics.class));
	}

	@Test
	void capacitiesAreThoseOfTheProperties(@TempDir Path directory) {
		String[] bounds = { "llmtrack.delivery.queue-capacity=7", "llmtrack.spool.max-events=5" };
		this.runner.withPropertyValues(bounds).run((context) -> {
			assertThat(gauge(context, "llmtrack.queue.capacity")).isEqualTo(7);
			assertThat(gauge(context, "llmtrack.spool.capacity")).as("without a directory").isZero();
		});
		this.runner.withPropertyValues(bounds)
			.withPropertyValues("llmtrack.spool.directory=" + directory)
			.run((context) -> assertThat(gauge(context, "llmtrack.spool.capacity")).isEqualTo(5));
	}

	private static double gauge(AssertableApplicationContext context, String name) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		context.getBean(LlmTrackMetrics.class).bindTo(registry);
		return registry.get(name).gauge().value();
	}

	@Test
	void instrumentationMayBeExcluded() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackMetricsAutoConfiguration.class,
							LlmTrackHealthContributorAutoConfiguration.class, LlmTrackEndpointAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("llmtrack.api-key=" + SECRET, "management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmTrackMetrics.class)
				.hasSingleBean(LlmTrackEndpoint.class));
	}

	@Test
	void micrometerMayBeMissing() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackMetricsAutoConfiguration.class))
			.withPropertyValues("llmtrack.api-key=" + SECRET)
			.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(EventDispatcher.class)
				.doesNotHaveBean(LlmTrackMetricsAutoConfiguration.class));
	}

	@Test
	void metricsOfSpringBootMayBeMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(MetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LlmTrackMetrics.class));
	}

	@Test
	void actuatorMayBeMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmTrackMetrics.class)
				.doesNotHaveBean(LlmTrackEndpointAutoConfiguration.class));
	}

	@Test
	void healthMayBeMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmTrackMetrics.class)
				.doesNotHaveBean(LlmTrackHealthContributorAutoConfiguration.class));
	}

	@Test
	void springAiMayBeMissing(CapturedOutput output) {
		this.runner.withClassLoader(new FilteredClassLoader(ChatModel.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmTrackMetrics.class)
				.hasSingleBean(LlmTrackEndpoint.class)
				.hasSingleBean(LlmTrackHealthIndicator.class)
				.doesNotHaveBean(ModelInstrumentation.class)
				.satisfies(
						(started) -> assertThat(started.getBean(LlmTrackEndpoint.class).report().models()).isEmpty()));
		assertThat(output).containsOnlyOnce("there is no Spring AI");
	}

	@Test
	void everyBeanBacksOff() {
		this.runner
			.withBean("metrics", LlmTrackMetrics.class,
					() -> new LlmTrackMetrics(AcceptingTransport.dispatcher(), Budgets.none(), 1, 1, 1))
			.withBean("llmtrackHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
			.withBean("endpoint", LlmTrackEndpoint.class,
					() -> new LlmTrackEndpoint(AcceptingTransport.dispatcher(), Budgets.none(), null, () -> null, null,
							null))
			.withBean("info", LlmTrackInfoContributor.class)
			.withBean("sanitizing", LlmTrackSanitizingFunction.class, () -> new LlmTrackSanitizingFunction(() -> null))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmTrackMetrics.class)
				.hasSingleBean(HealthIndicator.class)
				.hasSingleBean(LlmTrackEndpoint.class)
				.hasSingleBean(LlmTrackInfoContributor.class)
				.hasSingleBean(LlmTrackSanitizingFunction.class));
	}

	@Test
	void propertiesSwitchPartsOff() {
		this.runner
			.withPropertyValues("management.health.llmtrack.enabled=false", "management.info.llmtrack.enabled=false",
					"management.endpoint.llmtrack.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LlmTrackHealthIndicator.class)
				.doesNotHaveBean(LlmTrackInfoContributor.class)
				.doesNotHaveBean(LlmTrackEndpoint.class));
	}

	@Test
	void statusOfProblemsIsTheUsersChoice() {
		this.runner.withPropertyValues("llmtrack.health.problem-status=DOWN", "llmtrack.base-url=http://127.0.0.1:1")
			.run((context) -> {
				HealthIndicator health = context.getBean(LlmTrackHealthIndicator.class);
				assertThat(health.health().getStatus()).isEqualTo(Status.UP);
				context.getBean(EventDispatcher.class)
					.record(LlmUsageEvent.builder().provider("openai").model("gpt").build());
				Waiting.await().untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.DOWN));
			});
	}

	@Test
	void totalsCountFromTheStartThoughBeansAreLazy() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				context.getBean(EventDispatcher.class)
					.record(LlmUsageEvent.builder().provider("openai").model("gpt").build());
				assertThat(context.getBean(LlmTrackEndpoint.class).report().totals()).hasSize(1);
			});
	}

	@Test
	void lineAtStartSaysWhatIsTracked(CapturedOutput output) {
		this.runner.withBean("one", ChatModel.class, HarmlessStartTests.OpenModel::new)
			.withBean("two", ChatModel.class, HarmlessStartTests.OpenModel::new)
			.withBean("three", ChatModel.class, HarmlessStartTests.OpenModel::new)
			.withPropertyValues("llmtrack.instrumentation.exclude-beans=two")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output)
			.containsOnlyOnce(
					"LLMtrack instruments 2 model beans and sends events to https://llm-track.com; off: embeddings.")
			.doesNotContain(SECRET, "WARN", "ERROR");
	}

	@Test
	void lineAtStartSaysThatThereIsNoModelYet(CapturedOutput output) {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean("one", ChatModel.class, HarmlessStartTests.OpenModel::new)
			.run((context) -> {
				assertThat(output)
					.containsOnlyOnce("LLMtrack instruments 0 model beans (those created later count, too)");
				assertThat(context.getBeanFactory().containsSingleton("one")).isFalse();
			});
	}

	@Test
	void lineAtStartSaysWhatIsOff(CapturedOutput output) {
		this.runner
			.withPropertyValues("llmtrack.instrumentation.enabled=false", "llmtrack.instrumentation.embeddings=true",
					"llmtrack.event.extended-fields=false")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("instruments only the models that the application hands over",
				"off: llmtrack.instrumentation.enabled, extended fields.");
	}

	/**
	 * Comes after ours by its name.
	 */
	@AutoConfiguration
	static class VendorsMetricsAutoConfiguration {

		@Bean
		MeterRegistry vendorsMeterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

}
