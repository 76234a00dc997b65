// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.instrumentation.model.ChatClientInstrumentation;

import org.springframework.ai.chat.client.ChatClientCustomizer;
import org.springframework.ai.model.tool.ToolExecutionEligibilityPredicate;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Role;

/**
 * Auto-configuration for Spring AI 1.1, which is told by a class that only it has.
 */
@AutoConfiguration(afterName = "com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration")
@ConditionalOnClass(ToolExecutionEligibilityPredicate.class)
public final class SpringAi1AutoConfiguration {

	private static final String TOOL_PROCESSOR_BEAN = "llmtrackToolCallingManagerPostProcessor";

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static EarlyToolCallingManagers llmtrackEarlyToolCallingManagers() {
		return new EarlyToolCallingManagers(TOOL_PROCESSOR_BEAN);
	}

	@Bean(TOOL_PROCESSOR_BEAN)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ToolCallingManagerPostProcessor llmtrackToolCallingManagerPostProcessor() {
		return new ToolCallingManagerPostProcessor();
	}

	/**
	 * Gives chat clients what they need to have features, customers and turns.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChatClientCustomizer.class)
	static class ChatClientConfiguration {

		/**
		 * A fallback, so that an application can still inject its only customizer.
		 */
		@Bean
		@Fallback
		@ConditionalOnBean(ChatClientInstrumentation.class)
		static ChatClientCustomizer llmtrackChatClientCustomizer(ChatClientInstrumentation instrumentation) {
			return instrumentation::instrument;
		}

	}

}
