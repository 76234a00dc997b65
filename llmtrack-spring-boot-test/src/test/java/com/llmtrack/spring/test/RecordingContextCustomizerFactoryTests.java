// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.test.context.ContextCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tests get an application context of their own.
 */
class RecordingContextCustomizerFactoryTests {

	@Test
	void annotatedTestsShareTheirContext() {
		assertThat(customizer(First.class)).isNotNull()
			.isEqualTo(customizer(Second.class))
			.hasSameHashCodeAs(customizer(Second.class));
	}

	@Test
	void otherTestsAreLeftAlone() {
		assertThat(customizer(Object.class)).isNull();
	}

	private static ContextCustomizer customizer(Class<?> testClass) {
		return new RecordingContextCustomizerFactory().createContextCustomizer(testClass, List.of());
	}

	@AutoConfigureLlmTrack
	private static class First {

	}

	private static final class Second extends First {

	}

}
