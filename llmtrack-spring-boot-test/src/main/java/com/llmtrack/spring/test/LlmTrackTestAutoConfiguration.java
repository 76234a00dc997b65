// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Has events recorded in memory. Comes before the delivery to LLMtrack, which backs off
 * for it.
 */
@AutoConfiguration(before = LlmTrackAutoConfiguration.class)
final class LlmTrackTestAutoConfiguration {

	// Primary, as the application may have a sink of its own
	@Bean
	@Primary
	LlmUsageEvents llmUsageEvents() {
		return new LlmUsageEvents();
	}

}
