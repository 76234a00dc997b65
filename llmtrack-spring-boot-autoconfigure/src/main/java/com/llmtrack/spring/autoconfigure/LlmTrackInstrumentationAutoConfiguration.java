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

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.instrumentation.FeatureAdvisor;
import com.llmtrack.spring.instrumentation.FeaturePostProcessor;
import com.llmtrack.spring.instrumentation.ModelInstrumentation;
import com.llmtrack.spring.instrumentation.ModelPostProcessor;

import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;

/**
 * Auto-configuration for the measurement of model calls. Backs off where there is no
 * {@link LlmUsageEventSink} to take the events; only the bean that applications use
 * stays, and does nothing.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackDeliveryAutoConfiguration.class)
@ConditionalOnClass(ChatModel.class)
public final class LlmTrackInstrumentationAutoConfiguration {

	@Bean("llmTrackModelInstrumentation")
	@ConditionalOnMissingBean
	ModelInstrumentation llmTrackInactiveModelInstrumentation() {
		return ModelInstrumentation.inactive();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "llmtrack.enabled", matchIfMissing = true)
	@ConditionalOnBean(LlmUsageEventSink.class)
	static class ActiveConfiguration {

		@Bean
		@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static ModelInstrumentation llmTrackModelInstrumentation(ObjectProvider<LlmTrackProperties> properties,
				ObjectProvider<LlmUsageEventSink> sink, ObjectProvider<LlmCustomerResolver> customers,
				ObjectProvider<LlmCostCalculator> costs, ObjectProvider<LlmUsageEventCustomizer> customizers) {
			return new ModelInstrumentation(new ApplicationSources(properties, sink, customers, costs, customizers));
		}

		@Bean
		@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static FeaturePostProcessor llmTrackFeaturePostProcessor() {
			return new FeaturePostProcessor();
		}

		@Bean
		@ConditionalOnBooleanProperty(name = "llmtrack.instrumentation.enabled", matchIfMissing = true)
		@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static ModelPostProcessor llmTrackModelPostProcessor(ModelInstrumentation instrumentation) {
			return new ModelPostProcessor(instrumentation);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChatClientBuilderCustomizer.class)
	static class ChatClientConfiguration {

		// The application may inject the only advisor that it has by its type
		@Bean
		@Lazy
		@Fallback
		@ConditionalOnMissingBean
		FeatureAdvisor llmTrackFeatureAdvisor() {
			return new FeatureAdvisor();
		}

		@Bean
		@ConditionalOnBooleanProperty(name = "llmtrack.enabled", matchIfMissing = true)
		@ConditionalOnBean(LlmUsageEventSink.class)
		ChatClientBuilderCustomizer llmTrackChatClientBuilderCustomizer(ObjectProvider<FeatureAdvisor> advisor) {
			return (builder) -> builder.defaultAdvisors(advisor.getObject());
		}

	}

}
