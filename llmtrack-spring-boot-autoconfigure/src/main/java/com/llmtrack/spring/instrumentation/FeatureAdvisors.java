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

import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/**
 * Gives the chat clients of an application the {@link FeatureAdvisor}. Apart from the
 * post-processor, since not every application with models has them.
 */
final class FeatureAdvisors {

	private static final String CUSTOMIZER = "llmTrackChatClientBuilderCustomizer";

	private FeatureAdvisors() {
	}

	static void giveToChatClientsOf(ConfigurableBeanFactory beanFactory) {
		ChatClientBuilderCustomizer customizer = (builder) -> builder.defaultAdvisors(new FeatureAdvisor());
		beanFactory.registerSingleton(CUSTOMIZER, customizer);
	}

}
