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

package com.llmtrack.sample;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ChromiumCondition}.
 */
class ChromiumConditionTests {

	private static final Path PRESENT = Path.of(System.getProperty("java.home"), "bin", "java");

	private static final Path ABSENT = Path.of("no-such-program");

	private final MockEnvironment environment = new MockEnvironment();

	private final ExtensionContext context = mock(ExtensionContext.class);

	@Test
	void enabledWithBothPrograms() {
		ChromiumCondition condition = new ChromiumCondition(this.environment, PRESENT, PRESENT);
		assertThat(condition.evaluateExecutionCondition(this.context).isDisabled()).isFalse();
	}

	@Test
	void skippedWithTheReasonWhereOneIsMissing() {
		ChromiumCondition condition = new ChromiumCondition(this.environment, PRESENT, ABSENT);
		assertThat(condition.evaluateExecutionCondition(this.context)).satisfies((result) -> {
			assertThat(result.isDisabled()).isTrue();
			assertThat(result.getReason()).hasValue("There is no no-such-program");
		});
	}

	@Test
	void failsWhereOneIsMissingButRequired() {
		this.environment.setProperty(ChromiumCondition.BROWSER, "required");
		ChromiumCondition condition = new ChromiumCondition(this.environment, PRESENT, ABSENT);
		assertThatIllegalStateException().isThrownBy(() -> condition.evaluateExecutionCondition(this.context))
			.withMessageContaining("There is no no-such-program");
	}

}
