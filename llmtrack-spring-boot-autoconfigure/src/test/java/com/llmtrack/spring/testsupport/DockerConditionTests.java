// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mockito.Mockito;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;

/**
 * Tests for {@link DockerCondition}.
 */
class DockerConditionTests {

	private final MockEnvironment environment = new MockEnvironment();

	private final ExtensionContext context = Mockito.mock(ExtensionContext.class);

	@BeforeEach
	void ofAMethod() {
		given(this.context.getTestMethod())
			.willReturn(Optional.of(ReflectionUtils.findMethod(getClass(), "ofAMethod")));
	}

	@Test
	void testsRunWhereThereIsAnEngine() {
		assertThat(evaluate(true).isDisabled()).isFalse();
	}

	@Test
	void testsAreSkippedForAReasonWhereThereIsNone() {
		ConditionEvaluationResult result = evaluate(false);
		assertThat(result.isDisabled()).isTrue();
		assertThat(result.getReason()).hasValue("There is no Docker engine");
	}

	@Test
	void testsFailWhereThereIsNoneButHasToBe() {
		this.environment.setProperty("llmtrack.test.docker-required", "true");
		assertThat(evaluate(true).isDisabled()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> evaluate(false))
			.withMessage("There is no Docker engine, but llmtrack.test.docker-required is set");
	}

	@Test
	void classIsNotSkippedAsAWholeSinceNoReportWouldSayThat() {
		given(this.context.getTestMethod()).willReturn(Optional.empty());
		assertThat(evaluate(false).isDisabled()).isFalse();
	}

	@Test
	void classFailsAsAWhole() {
		given(this.context.getTestMethod()).willReturn(Optional.empty());
		this.environment.setProperty("llmtrack.test.docker-required", "true");
		assertThatIllegalStateException().isThrownBy(() -> evaluate(false));
	}

	private ConditionEvaluationResult evaluate(boolean available) {
		return new DockerCondition(() -> available, this.environment).evaluateExecutionCondition(this.context);
	}

}
