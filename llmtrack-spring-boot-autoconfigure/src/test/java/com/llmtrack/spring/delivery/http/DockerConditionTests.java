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

package com.llmtrack.spring.delivery.http;

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
