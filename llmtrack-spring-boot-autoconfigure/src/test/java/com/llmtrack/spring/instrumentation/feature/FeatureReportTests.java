// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is logged at start about beans on which {@link LlmFeature} has no effect.
 */
@ExtendWith(OutputCaptureExtension.class)
class FeatureReportTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withBean(FeaturePostProcessor.class,
			true, FeaturePostProcessorTests.NOBODY);

	@Test
	void finalClassIsReportedOnce(CapturedOutput output) {
		this.runner.withBean("bean", FinalClass.class)
			.run((context) -> assertThat(context.getBean(FinalClass.class).annotated()).isNull());
		assertReportedOnce(output);
	}

	@Test
	void classWithFinalMethodIsReportedOnce(CapturedOutput output) {
		this.runner.withBean("bean", FinalMethod.class).run((context) -> {
			assertThat(context.getBean(FinalMethod.class).annotated()).isNull();
			assertThat(context.getBean(FinalMethod.class).open()).isNull();
		});
		assertReportedOnce(output);
	}

	@Test
	void recordIsReportedOnce(CapturedOutput output) {
		this.runner.withBean("bean", DeliveryResult.class, () -> new DeliveryResult("text"))
			.run((context) -> assertThat(context.getBean(DeliveryResult.class).text()).isEqualTo("text"));
		assertReportedOnce(output);
	}

	@Test
	void classWithoutAnnotationIsNotReported(CapturedOutput output) {
		this.runner.withBean(Plain.class).run((context) -> assertThat(context).hasSingleBean(Plain.class));
		assertThat(output).doesNotContain("@LlmFeature");
	}

	private static void assertReportedOnce(CapturedOutput output) {
		assertThat(output).contains("WARN", "@LlmFeature has no effect on bean 'bean'");
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), "@LlmFeature has no effect")).isEqualTo(1);
	}

	@LlmFeature("final-class")
	static final class FinalClass {

		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

		@Nullable String another() {
			return LlmContext.current().feature();
		}

	}

	static class FinalMethod {

		@LlmFeature("final-method")
		final @Nullable String annotated() {
			return LlmContext.current().feature();
		}

		@LlmFeature("open-method")
		@Nullable String open() {
			return LlmContext.current().feature();
		}

	}

	@LlmFeature("record")
	record DeliveryResult(String text) {
	}

	static final class Plain {

	}

}
