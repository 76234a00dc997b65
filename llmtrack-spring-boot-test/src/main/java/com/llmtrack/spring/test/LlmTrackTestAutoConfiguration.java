// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * Records events in memory. {@link RecordingContextCustomizerFactory} switches off
 * delivery.
 */
@AutoConfiguration(before = LlmTrackAutoConfiguration.class)
final class LlmTrackTestAutoConfiguration {

	// A fallback, so that an application which injects its only sink by type gets that
	@Bean
	@Fallback
	LlmUsageEvents llmUsageEvents() {
		return new LlmUsageEvents();
	}

}
