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
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("llmtrack")
@ConditionalOnBean(EventDispatcher.class)
public final class LlmTrackHealthContributorAutoConfiguration {

	@Bean("llmtrackHealthIndicator")
	@ConditionalOnMissingBean(name = { "llmtrackHealthIndicator", "llmtrackHealthContributor" })
	LlmTrackHealthIndicator llmtrackHealthIndicator(EventDispatcher dispatcher, LlmTrackProperties properties) {
		return new LlmTrackHealthIndicator(dispatcher, new Status(properties.getHealth().getProblemStatus()));
	}

}
