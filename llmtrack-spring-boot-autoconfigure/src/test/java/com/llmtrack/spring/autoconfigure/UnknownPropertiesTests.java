// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownPropertiesReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
		.withPropertyValues("llmtrack.api-key=secret-llmtrack-key");

	@ParameterizedTest
	@CsvSource({ "llmtrack.apikee, llmtrack.api-key", "llmtrack.enviroment, llmtrack.environment",
			"llmtrack.queue-capacity, llmtrack.delivery.queue-capacity",
			"llmtrack.delivery.queue-capacty, llmtrack.delivery.queue-capacity",
			"llmtrack.spool.dir, llmtrack.spool.directory",
			"llmtrack.instrumentation.exclude-bean, llmtrack.instrumentation.exclude-beans",
			"llmtrack.environment.name, llmtrack.environment", "llmtrack.pricing[gpt-4.1].cached, llmtrack.pricing" })
	void propertyThatThereIsNotIsReportedWithTheNearest(String wrong, String right, CapturedOutput output) {
		with(wrong + "=secret-value").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).containsOnlyOnce("There is no property '" + wrong + "'")
				.contains("WARN", "Did you mean '" + right + "'?")
				.doesNotContain("secret-value", "secret-llmtrack-key");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.apiKey=a", "llmtrack.api_key=a", "llmtrack.delivery.queueCapacity=5",
			"llmtrack.metadata.region=eu", "llmtrack.metadata.region.name=eu",
			"llmtrack.pricing[gpt-4.1].cached-input=1", "llmtrack.providers.openAiChatModel=groq",
			"llmtrack.instrumentation.exclude-beans[0]=a", "llmtrack.model-aliases[gpt-4.1]=x",
			"llmtracker.anything=a" })
	void propertyThatThereIsIsNotReported(String property, CapturedOutput output) {
		with(property).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).doesNotContain("There is no property");
		});
	}

	private ApplicationContextRunner with(String property) {
		return this.runner.withPropertyValues("llmtrack.pricing[gpt-4.1].input=1", "llmtrack.pricing[gpt-4.1].output=1",
				property);
	}

	@Test
	void environmentVariablesMayBeSomebodyElses(CapturedOutput output) {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace("systemEnvironment",
						new SystemEnvironmentPropertySource("systemEnvironment",
								Map.of("LLMTRACK_SOMETHING_ELSE", "a"))))
			.run((context) -> assertThat(output).doesNotContain("There is no property"));
	}

	@ParameterizedTest
	@CsvSource({ "a, a, 0", "a, b, 1", "ab, b, 1", "kitten, sitting, 3", "abc, '', 3" })
	void distanceIsThatOfLevenshtein(String from, String to, int distance) {
		assertThat(KnownProperties.distance(from, to)).isEqualTo(distance);
		assertThat(KnownProperties.distance(to, from)).isEqualTo(distance);
	}

}
