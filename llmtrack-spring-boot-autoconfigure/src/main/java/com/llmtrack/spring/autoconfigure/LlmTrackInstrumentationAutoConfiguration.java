// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmFeatureAdvisor;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.instrumentation.call.ApplicationBeans;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.feature.FeaturePostProcessor;
import com.llmtrack.spring.instrumentation.model.DefaultModelInstrumentation;
import com.llmtrack.spring.instrumentation.model.ModelPostProcessor;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration for the instrumentation of models. Where LLMtrack is off, or there
 * is no {@link LlmUsageEventSink} for the events, the {@link ModelInstrumentation} that
 * applications inject returns each model as it is. One of the application's own replaces
 * it there, while model beans are instrumented all the same.
 */
@AutoConfiguration(after = LlmTrackAutoConfiguration.class)
@ConditionalOnClass(ChatModel.class)
@Import(OwnContext.class)
public final class LlmTrackInstrumentationAutoConfiguration {

	private static final String FEATURE_PROCESSOR_BEAN = "llmtrackFeaturePostProcessor";

	private static final String MODEL_PROCESSOR_BEAN = "llmtrackModelPostProcessor";

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static EarlyInstrumentation llmtrackEarlyInstrumentation() {
		return new EarlyInstrumentation(FEATURE_PROCESSOR_BEAN, MODEL_PROCESSOR_BEAN);
	}

	@Bean(Activation.INSTRUMENTATION_BEAN)
	@Fallback
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultModelInstrumentation llmtrackModelInstrumentation(OwnContext llmtrackContext,
			ObjectProvider<LlmTrackProperties> properties, ObjectProvider<LlmUsageEventSink> sinks,
			ObjectProvider<LlmCustomerResolver> customers, ObjectProvider<LlmCostCalculator> costs,
			ObjectProvider<LlmUsageEventCustomizer> customizers) {
		ConfigurableListableBeanFactory beanFactory = llmtrackContext.beanFactory();
		if (!Activation.in(beanFactory).isRecording()) {
			return DefaultModelInstrumentation.inactive();
		}
		return new DefaultModelInstrumentation(new ApplicationBeans(() -> settings(llmtrackContext.environment()),
				() -> eventSettings(properties.getObject()), sinks, customers, costs, customizers,
				() -> packages(beanFactory), (name) -> singleton(beanFactory, name)));
	}

	/**
	 * A fallback, so that an application can replace it.
	 */
	@Bean
	@Fallback
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LlmUsageRecorder llmtrackUsageRecorder(
			@Qualifier(Activation.INSTRUMENTATION_BEAN) DefaultModelInstrumentation instrumentation) {
		return instrumentation.usageRecorder();
	}

	private static @Nullable Object singleton(ConfigurableListableBeanFactory beanFactory, String name) {
		return beanFactory.containsSingleton(name) ? beanFactory.getSingleton(name) : null;
	}

	/**
	 * Bound by hand, as the first model may be created before properties are bound.
	 */
	private static InstrumentationSettings settings(ConfigurableEnvironment environment) {
		try {
			return Binder.get(environment)
				.bind("llmtrack.instrumentation", InstrumentationProperties.class)
				.orElseGet(InstrumentationProperties::new)
				.settings();
		}
		catch (BindException ex) {
			// An invalid property fails the start, which reports it in its own way
			return new InstrumentationSettings();
		}
	}

	private static EventSettings eventSettings(LlmTrackProperties properties) {
		return new EventSettings(properties.defaultFeature(), properties.environment(), properties.event().modelName(),
				properties.providers(), properties.providerAliases(), properties.modelAliases(), properties.metadata(),
				prices(properties));
	}

	private static @Nullable ModelPrices prices(LlmTrackProperties properties) {
		if (properties.pricing().isEmpty()) {
			return null;
		}
		Map<String, ModelPrices.Price> prices = new LinkedHashMap<>();
		properties.pricing().forEach((model, price) -> prices.put(model, price.price()));
		return new ModelPrices(prices);
	}

	private static Collection<String> packages(BeanFactory beanFactory) {
		return AutoConfigurationPackages.has(beanFactory) ? AutoConfigurationPackages.get(beanFactory) : List.of();
	}

	@Bean(FEATURE_PROCESSOR_BEAN)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static FeaturePostProcessor llmtrackFeaturePostProcessor(OwnContext llmtrackContext) {
		return new FeaturePostProcessor(Activation.in(llmtrackContext.beanFactory()).isRecording());
	}

	@Bean(MODEL_PROCESSOR_BEAN)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ModelPostProcessor llmtrackModelPostProcessor(OwnContext llmtrackContext) {
		ConfigurableListableBeanFactory beanFactory = llmtrackContext.beanFactory();
		return new ModelPostProcessor(Activation.in(beanFactory).isInstrumentingBeans()
				? beanFactory.getBean(Activation.INSTRUMENTATION_BEAN, DefaultModelInstrumentation.class)
				: DefaultModelInstrumentation.inactive());
	}

	/**
	 * Gives chat clients the {@link LlmFeatureAdvisor}.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChatClientBuilderCustomizer.class)
	static class ChatClientConfiguration {

		/**
		 * A fallback, so that an application can still inject its only customizer.
		 */
		@Bean
		@Fallback
		static ChatClientBuilderCustomizer llmtrackChatClientBuilderCustomizer(BeanFactory beanFactory) {
			return Activation.in(beanFactory).isRecording()
					? (builder) -> builder.defaultAdvisors(new LlmFeatureAdvisor()) : (builder) -> {
					};
		}

	}

}
