// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.model.TestModels;
import org.junit.jupiter.api.Test;

import org.springframework.ai.openai.OpenAiChatModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelProviders}.
 */
class ModelProvidersTests {

	@Test
	void modelOfSpringAiIsKnownByItsPackage() {
		assertThat(ModelProviders.providerOf(OpenAiChatModel.class)).isEqualTo("openai");
	}

	@Test
	void modelOfTheApplicationIsUnknown() {
		assertThat(ModelProviders.providerOf(TestModels.OpenModel.class)).isEqualTo(LlmUsageEvent.UNKNOWN);
	}

}
