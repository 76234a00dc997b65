// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.function.Supplier;

import com.llmtrack.spring.LlmContextAdvisor;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;

/**
 * Gives chat clients the {@link LlmContextAdvisor}, if requests are recorded. What calls
 * it depends on the line of Spring AI.
 */
public final class ChatClientInstrumentation {

	private final Supplier<@Nullable LlmContextAdvisor> advisor;

	/**
	 * Create an instrumentation.
	 * @param advisor supplies the advisor, or {@code null} if nothing is recorded
	 */
	public ChatClientInstrumentation(Supplier<@Nullable LlmContextAdvisor> advisor) {
		this.advisor = advisor;
	}

	/**
	 * Instrument a chat client that is being built.
	 */
	public void instrument(ChatClient.Builder builder) {
		LlmContextAdvisor advisor = this.advisor.get();
		if (advisor != null) {
			builder.defaultAdvisors(advisor);
		}
	}

}
