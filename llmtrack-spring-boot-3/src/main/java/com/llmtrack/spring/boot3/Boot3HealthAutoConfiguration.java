// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.actuate.DeliveryHealth;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for LLMtrack's health component on Spring Boot 3.5, whose types for
 * health later ones do not have.
 */
@AutoConfiguration(afterName = "com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("llmtrack")
@ConditionalOnBean(DeliveryHealth.class)
public final class Boot3HealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "llmtrackHealthIndicator", "llmtrackHealthContributor" })
	Boot3HealthIndicator llmtrackHealthIndicator(DeliveryHealth health) {
		return new Boot3HealthIndicator(health);
	}

}
