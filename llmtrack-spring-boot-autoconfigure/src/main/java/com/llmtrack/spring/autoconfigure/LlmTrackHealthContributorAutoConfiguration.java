// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.actuate.LlmTrackHealthIndicator;
import com.llmtrack.spring.delivery.EventDispatcher;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for LLMtrack's health component.
 */
@AutoConfiguration(after = LlmTrackAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("llmtrack")
@ConditionalOnBean(EventDispatcher.class)
public final class LlmTrackHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "llmtrackHealthIndicator", "llmtrackHealthContributor" })
	LlmTrackHealthIndicator llmtrackHealthIndicator(EventDispatcher dispatcher, LlmTrackProperties properties) {
		return new LlmTrackHealthIndicator(dispatcher, new Status(properties.health().problemStatus()));
	}

}
