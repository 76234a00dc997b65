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

import com.llmtrack.spring.instrumentation.ModelInstrumentation;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for applications in which tracking is off: those that use the
 * {@link ModelInstrumentation} have it nevertheless, and it does nothing.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackInstrumentationAutoConfiguration.class)
@ConditionalOnClass(ChatModel.class)
@ConditionalOnMissingBean(ModelInstrumentation.class)
public final class LlmTrackInactiveAutoConfiguration {

	@Bean
	ModelInstrumentation llmTrackModelInstrumentation() {
		return ModelInstrumentation.inactive();
	}

}
