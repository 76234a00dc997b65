// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/**
 * Gives the chat clients of an application the {@link FeatureAdvisor}. Apart from the
 * post-processor, since not every application with models has them.
 */
final class FeatureAdvisors {

	private static final String CUSTOMIZER = "llmtrackChatClientBuilderCustomizer";

	private FeatureAdvisors() {
	}

	static void giveToChatClientsOf(ConfigurableBeanFactory beanFactory) {
		ChatClientBuilderCustomizer customizer = (builder) -> builder.defaultAdvisors(new FeatureAdvisor());
		beanFactory.registerSingleton(CUSTOMIZER, customizer);
	}

}
