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
