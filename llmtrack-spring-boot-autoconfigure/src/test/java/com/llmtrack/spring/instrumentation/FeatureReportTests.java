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

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.LlmFeatureContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the start says of beans that {@link FeaturePostProcessor} can't put under their
 * features.
 */
@ExtendWith(OutputCaptureExtension.class)
class FeatureReportTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withBean(FeaturePostProcessor.class);

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
		this.runner.withBean("bean", Answer.class, () -> new Answer("text"))
			.run((context) -> assertThat(context.getBean(Answer.class).text()).isEqualTo("text"));
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
			return LlmFeatureContext.current();
		}

		@Nullable String another() {
			return LlmFeatureContext.current();
		}

	}

	static class FinalMethod {

		@LlmFeature("final-method")
		final @Nullable String annotated() {
			return LlmFeatureContext.current();
		}

		@LlmFeature("open-method")
		@Nullable String open() {
			return LlmFeatureContext.current();
		}

	}

	@LlmFeature("record")
	record Answer(String text) {
	}

	static final class Plain {

	}

}
