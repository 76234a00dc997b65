// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.actuate.DeliveryHealth;
import com.llmtrack.spring.actuate.LlmTrackHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for LLMtrack's health component on Spring Boot 4.
 */
@AutoConfiguration(after = LlmTrackAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("llmtrack")
@ConditionalOnBean(DeliveryHealth.class)
public final class LlmTrackHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "llmtrackHealthIndicator", "llmtrackHealthContributor" })
	LlmTrackHealthIndicator llmtrackHealthIndicator(DeliveryHealth health) {
		return new LlmTrackHealthIndicator(health);
	}

}
