// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.actuate.DeliveryHealth;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.EventDispatcher;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;

/**
 * Auto-configuration for the properties of LLMtrack, the delivery of events, and the
 * report at start. Each {@link LlmUsageEventSink} of the application gets the events
 * beside delivery. The beans exist whether LLMtrack is active or not, which is decided at
 * run time.
 */
@AutoConfiguration
@EnableConfigurationProperties(LlmTrackProperties.class)
@Import(OwnContext.class)
public final class LlmTrackAutoConfiguration {

	@Bean(Activation.BEAN)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Activation llmtrackActivation(OwnContext llmtrackContext) {
		return Activation.decide(llmtrackContext.beanFactory(), llmtrackContext.environment());
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DestructionOrder llmtrackDestructionOrder() {
		return new DestructionOrder();
	}

	@Bean(Activation.CONNECTION_BEAN)
	@ConditionalOnMissingBean(value = LlmTrackConnectionDetails.class, search = SearchStrategy.CURRENT)
	static PropertiesLlmTrackConnectionDetails llmtrackConnectionDetails(LlmTrackProperties properties) {
		return new PropertiesLlmTrackConnectionDetails(properties);
	}

	// A fallback, so that an application which injects its only sink by type gets that
	@Bean(Activation.DISPATCHER_BEAN)
	@Fallback
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	@Conditional(NoDeliveringParentCondition.class)
	static EventDispatcher llmtrackEventDispatcher(OwnContext llmtrackContext, Activation activation,
			LlmTrackProperties properties, LlmTrackConnectionDetails connection, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<LlmTrackWebClientCustomizer> customizers) {
		Obstacle obstacle = activation.obstacle();
		return (obstacle != null) ? EventDispatcher.off(obstacle.reason(), obstacle.remedy())
				: EventDispatchers.create(llmtrackContext, properties, connection, sslBundles, customizers);
	}

	// Invalid budgets fail the start, and its lifecycle is to be started
	@Bean(Activation.BUDGETS_BEAN)
	@Lazy(false)
	@Conditional(NoParentWithBudgetsCondition.class)
	static Budgets llmtrackBudgets(OwnContext llmtrackContext, Activation activation, LlmTrackProperties properties,
			ObjectProvider<EventDispatcher> dispatcher, ApplicationEventPublisher publisher) {
		return ApplicationBudgets.create(llmtrackContext, activation, properties, dispatcher, publisher);
	}

	// The indicators of all lines of Spring Boot show it
	@Bean
	@Lazy
	static DeliveryHealth llmtrackDeliveryHealth(EventDispatcher dispatcher, Budgets budgets,
			LlmTrackProperties properties) {
		return new DeliveryHealth(dispatcher, budgets, properties.health().problemStatus());
	}

	@Bean
	static StartupReport llmtrackStartupReport(Activation activation, LlmTrackProperties properties, Budgets budgets,
			ConfigurableListableBeanFactory beanFactory) {
		return new StartupReport(activation, properties, budgets, beanFactory);
	}

}
