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

package com.llmtrack.spring;

import java.util.List;

import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;

import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Small applications with the real auto-configurations, which start fast enough for one
 * per test.
 */
final class SmallApplications {

	private SmallApplications() {
	}

	/**
	 * An application whose events go into a list.
	 */
	static ApplicationContextRunner recording(List<LlmUsageEvent> events) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class,
					LlmTrackInstrumentationAutoConfiguration.class))
			.withBean("sink", LlmUsageEventSink.class, () -> events::add);
	}

	/**
	 * An application whose events go into a list, with a model of OpenAI's.
	 */
	static ApplicationContextRunner recording(List<LlmUsageEvent> events, StubServers servers) {
		return recording(events)
			.withConfiguration(
					AutoConfigurations.of(ToolCallingAutoConfiguration.class, OpenAiChatAutoConfiguration.class))
			.withPropertyValues("spring.ai.openai.api-key=openai-key", "spring.ai.openai.chat.model=gpt-4o-mini",
					"spring.ai.openai.max-retries=0", "spring.ai.openai.base-url=" + servers.openAiUrl());
	}

}
