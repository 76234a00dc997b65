// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.actuate.LlmTrackEndpoint;
import com.llmtrack.spring.actuate.LlmTrackMetrics;
import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackEndpointAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for health, endpoint, metrics and failure messages on Spring Boot 3.5.
 */
@ExtendWith(OutputCaptureExtension.class)
class Boot3ActuatorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class,
						LlmTrackMetricsAutoConfiguration.class, LlmTrackEndpointAutoConfiguration.class,
						Boot3HealthAutoConfiguration.class, MetricsAutoConfiguration.class,
						CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("llmtrack.api-key=llmtrack-key", "management.endpoints.web.exposure.include=*");

	@Test
	void everythingIsThere(CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(LlmTrackMetrics.class);
			Health health = context.getBean("llmtrackHealthIndicator", HealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("state", "active").containsEntry("pending", 0);
			assertThat(context.getBean(LlmTrackEndpoint.class).report().delivery().state()).isEqualTo("active");
			assertThat(context.getBean(MeterRegistry.class).find("llmtrack.queue.capacity").gauge()).isNotNull();
		});
		assertThat(output).contains("LLMtrack instruments 0 model beans").doesNotContain("WARN", "ERROR");
	}

	@Test
	void everythingSaysWhyItIsOff() {
		String meaning = "LLMtrack is off, because there is no key";
		this.runner.withPropertyValues("llmtrack.api-key=", "llmtrack.health.problem-status=DOWN").run((context) -> {
			Health health = context.getBean("llmtrackHealthIndicator", HealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health.getDetails()).containsEntry("state", "off").containsEntry("meaning", meaning);
			assertThat(context.getBean(LlmTrackEndpoint.class).report().delivery().meaning()).isEqualTo(meaning);
			assertThat(context.getBean(MeterRegistry.class).find("llmtrack.queue.capacity").gauge()).isNull();
		});
	}

	@Test
	void healthBacksOff() {
		this.runner.withPropertyValues("management.health.llmtrack.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
		this.runner.withBean("llmtrackHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Boot3HealthIndicator.class));
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(LlmTrackMetrics.class));
	}

	@Test
	void invalidPropertyIsNamed() {
		this.runner.withPropertyValues("llmtrack.delivery.queue-capacity=0")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
					assertThat(failure.getName()).isEqualTo("llmtrack.delivery.queue-capacity");
					assertThat(failure.getReason()).isEqualTo("Must be between 1 and 1000000.");
				}));
	}

	@Test
	void missingLibraryIsNamed(CapturedOutput output) {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive.function.client"))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("LLMtrack is off, because spring-webflux is missing from the class path.");
	}

}
