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

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;

/**
 * Auto-configuration for LLMtrack: its properties, and the report on whether tracking
 * works.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "llmtrack.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LlmTrackProperties.class)
public final class LlmTrackAutoConfiguration implements SmartInitializingSingleton {

	private final ApplicationContext context;

	LlmTrackAutoConfiguration(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		new UnknownPropertiesReport(this.context.getEnvironment()).log();
		new TrackingReport(this.context.getBean(LlmTrackProperties.class), this.context.getEnvironment(), this.context)
			.log();
	}

}
