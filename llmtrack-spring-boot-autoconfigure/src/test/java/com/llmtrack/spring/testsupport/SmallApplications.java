// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;

import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Small applications with the real auto-configurations, fast enough to start one per
 * test.
 */
public final class SmallApplications {

	private SmallApplications() {
	}

	/**
	 * An application whose events go into a list.
	 */
	public static ApplicationContextRunner recording(List<LlmUsageEvent> events) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class,
					LlmTrackInstrumentationAutoConfiguration.class))
			.withBean("sink", LlmUsageEventSink.class, () -> events::add);
	}

	/**
	 * An application whose events go into a list, with a model of OpenAI's.
	 */
	public static ApplicationContextRunner recording(List<LlmUsageEvent> events, StubServers servers) {
		return recording(events)
			.withConfiguration(
					AutoConfigurations.of(ToolCallingAutoConfiguration.class, OpenAiChatAutoConfiguration.class))
			.withPropertyValues("spring.ai.openai.api-key=openai-key", "spring.ai.openai.chat.model=gpt-4o-mini",
					"spring.ai.openai.max-retries=0", "spring.ai.openai.base-url=" + servers.openAiUrl());
	}

}
