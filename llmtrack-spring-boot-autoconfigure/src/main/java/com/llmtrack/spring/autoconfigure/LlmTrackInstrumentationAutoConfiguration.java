// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.instrumentation.model.InstrumentationPostProcessor;
import com.llmtrack.spring.instrumentation.model.ModelInstrumentation;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the measurement of model calls. Where tracking is off, or there
 * is no {@link LlmUsageEventSink} to take the events, those that use the
 * {@link ModelInstrumentation} have it nevertheless, and it does nothing.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmTrackAutoConfiguration.class)
@ConditionalOnClass(ChatModel.class)
public final class LlmTrackInstrumentationAutoConfiguration {

	private static final String POST_PROCESSOR = "llmtrackPostProcessor";

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ModelInstrumentation llmtrackModelInstrumentation(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<LlmTrackProperties> properties, ObjectProvider<LlmUsageEventSink> sink,
			ObjectProvider<LlmCustomerResolver> customers, ObjectProvider<LlmCostCalculator> costs,
			ObjectProvider<LlmUsageEventCustomizer> customizers) {
		if (!beanFactory.containsBeanDefinition(POST_PROCESSOR)) {
			return ModelInstrumentation.inactive();
		}
		return new ModelInstrumentation(new ApplicationSources(properties, sink, customers, costs, customizers));
	}

	@Bean(POST_PROCESSOR)
	@ConditionalOnBooleanProperty(name = "llmtrack.enabled", matchIfMissing = true)
	@ConditionalOnBean(LlmUsageEventSink.class)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static InstrumentationPostProcessor llmtrackPostProcessor(ModelInstrumentation instrumentation,
			Environment environment) {
		// Alone, since a post-processor is too early for all properties
		boolean models = Binder.get(environment).bind("llmtrack.instrumentation.enabled", Boolean.class).orElse(true);
		return models ? new InstrumentationPostProcessor(instrumentation) : new InstrumentationPostProcessor();
	}

}
