// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * Records events in memory. {@link RecordingContextCustomizerFactory} switches off
 * delivery.
 */
@AutoConfiguration(before = LlmTrackAutoConfiguration.class)
final class LlmTrackTestAutoConfiguration {

	// Takes precedence over delivery, which is off
	@Bean
	@ConditionalOnMissingBean(LlmUsageEventSink.class)
	LlmUsageEvents llmUsageEvents() {
		return new LlmUsageEvents();
	}

	// A fallback, so that an application which injects its only sink by type gets that
	@Bean("llmUsageEvents")
	@Fallback
	@ConditionalOnMissingBean(LlmUsageEvents.class)
	LlmUsageEvents llmUsageEventsBesideOwnSink() {
		return new LlmUsageEvents();
	}

}
