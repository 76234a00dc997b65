// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

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
