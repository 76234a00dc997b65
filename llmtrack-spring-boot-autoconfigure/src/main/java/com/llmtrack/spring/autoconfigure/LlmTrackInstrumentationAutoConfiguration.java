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

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.instrumentation.ChatModelPostProcessor;
import com.llmtrack.spring.instrumentation.EventDefaults;
import com.llmtrack.spring.instrumentation.FeaturePostProcessor;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/**
 * Auto-configuration for the measurement of model calls. Backs off where there is no
 * {@link LlmUsageEventSink} to take the events.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackDeliveryAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "llmtrack.enabled", matchIfMissing = true)
@ConditionalOnClass(ChatModel.class)
@ConditionalOnBean(LlmUsageEventSink.class)
public final class LlmTrackInstrumentationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ChatModelPostProcessor llmTrackChatModelPostProcessor(ObjectProvider<LlmUsageEventSink> sink,
			ObjectProvider<LlmTrackProperties> properties) {
		return new ChatModelPostProcessor(sink::getObject, () -> {
			LlmTrackProperties configured = properties.getObject();
			return new EventDefaults(configured.getDefaultFeature(), configured.getEnvironment());
		});
	}

	@Bean
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static FeaturePostProcessor llmTrackFeaturePostProcessor() {
		return new FeaturePostProcessor();
	}

}
