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
