// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FeatureNames}: which names are valid, and what is logged at start
 * about invalid ones.
 */
@ExtendWith(OutputCaptureExtension.class)
class FeatureNamesTests {

	private static final String LONG = "0123456789012345678901234567890123456789";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class))
		.withBean(FeaturePostProcessor.class, true, FeaturePostProcessorTests.NOBODY)
		.withPropertyValues("team=search");

	@Test
	void nameIsTrimmedAndMayHavePlaceholders(CapturedOutput output) {
		this.runner.withBean(Good.class).run((context) -> {
			Good bean = context.getBean(Good.class);
			assertThat(bean.trimmed()).isEqualTo("trimmed name");
			assertThat(bean.placeholder()).isEqualTo("search");
			assertThat(bean.partly()).isEqualTo("search-chat");
			assertThat(bean.byDefault()).isEqualTo("fallback");
			assertThat(bean.longest()).hasSize(200);
		});
		assertThat(output).doesNotContain("@LlmFeature");
	}

	@Test
	void placeholderThatCannotBeResolvedIsReportedOnceAndBreaksNothing(CapturedOutput output) {
		this.runner.withBean(Unresolvable.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertReported(output, "Unresolvable.annotated");
			Unresolvable bean = context.getBean(Unresolvable.class);
			assertThat(bean.annotated()).isEqualTo("${test.missing}");
			bean.annotated();
		});
		assertReported(output, "Unresolvable.annotated");
	}

	@Test
	void blankNameIsReportedAtStartAndCountsAsNone(CapturedOutput output) {
		this.runner.withBean(Blank.class).run((context) -> {
			assertReported(output, "Blank.annotated");
			assertThat(context.getBean(Blank.class).annotated()).isNull();
			assertThat(context.getBean(Blank.class).other()).isEqualTo("other");
		});
		assertReported(output, "Blank.annotated");
	}

	@Test
	void nameThatIsTooLongIsReportedAtStart(CapturedOutput output) {
		this.runner.withBean(TooLong.class).run((context) -> {
			assertReported(output, "TooLong.annotated");
			context.getBean(TooLong.class).annotated();
		});
		assertReported(output, "TooLong.annotated");
	}

	@Test
	void badNameOfAClassIsReportedOnceWhateverItsMethods(CapturedOutput output) {
		this.runner.withBean(BlankClass.class).run((context) -> context.getBean(BlankClass.class).first());
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), "The name in @LlmFeature on")).isEqualTo(1);
		assertThat(output).contains("BlankClass");
	}

	@Test
	void badNameOfAMethodDoesNotHideTheOneOfTheClass() {
		this.runner.withBean(BlankMethod.class)
			.run((context) -> assertThat(context.getBean(BlankMethod.class).plain()).isEqualTo("class"));
	}

	private static void assertReported(CapturedOutput output, String place) {
		assertThat(output)
			.containsOnlyOnce("The name in @LlmFeature on " + FeatureNamesTests.class.getName() + "$" + place);
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), "The name in @LlmFeature on")).isEqualTo(1);
	}

	static class Good {

		@LlmFeature(" \ttrimmed name\n")
		@Nullable String trimmed() {
			return LlmContext.current().feature();
		}

		@LlmFeature("${team}")
		@Nullable String placeholder() {
			return LlmContext.current().feature();
		}

		@LlmFeature("${team}-chat")
		@Nullable String partly() {
			return LlmContext.current().feature();
		}

		@LlmFeature("${test.missing:fallback}")
		@Nullable String byDefault() {
			return LlmContext.current().feature();
		}

		@LlmFeature(LONG + LONG + LONG + LONG + LONG)
		@Nullable String longest() {
			return LlmContext.current().feature();
		}

	}

	static class Unresolvable {

		@LlmFeature("before")
		void before() {
		}

		@LlmFeature("${test.missing}")
		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

	}

	static class Blank {

		@LlmFeature(" ")
		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

		@LlmFeature("other")
		@Nullable String other() {
			return LlmContext.current().feature();
		}

	}

	static class TooLong {

		@LlmFeature("before")
		void before() {
		}

		@LlmFeature(LONG + LONG + LONG + LONG + LONG + "!")
		@Nullable String annotated() {
			return LlmContext.current().feature();
		}

	}

	@LlmFeature("")
	static class BlankClass {

		void first() {
		}

		void second() {
		}

		void third() {
		}

	}

	@LlmFeature("class")
	static class BlankMethod {

		@LlmFeature("")
		void annotated() {
		}

		@Nullable String plain() {
			return LlmContext.current().feature();
		}

	}

}
