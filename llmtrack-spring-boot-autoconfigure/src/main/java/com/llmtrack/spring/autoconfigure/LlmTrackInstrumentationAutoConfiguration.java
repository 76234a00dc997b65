// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.llmtrack.spring.LlmContextAdvisor;
import com.llmtrack.spring.LlmCostCalculator;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.instrumentation.call.ApplicationBeans;
import com.llmtrack.spring.instrumentation.call.EventEntry;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.RequestGate;
import com.llmtrack.spring.instrumentation.customer.CustomerHeaderFilter;
import com.llmtrack.spring.instrumentation.customer.CustomerSource;
import com.llmtrack.spring.instrumentation.customer.ReadyMadeCustomers;
import com.llmtrack.spring.instrumentation.feature.FeaturePostProcessor;
import com.llmtrack.spring.instrumentation.model.ChatClientInstrumentation;
import com.llmtrack.spring.instrumentation.model.DefaultModelInstrumentation;
import com.llmtrack.spring.instrumentation.model.ModelPostProcessor;
import com.llmtrack.spring.instrumentation.trace.TraceSources;
import com.llmtrack.spring.pricing.ModelPrices;
import com.llmtrack.spring.pricing.TokenPrices;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;
import org.springframework.web.server.WebFilter;

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

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ReadyMadeCustomers llmtrackReadyMadeCustomers(OwnContext llmtrackContext) {
		return new ReadyMadeCustomers(
				() -> customerSource(llmtrackContext.beanFactory(), llmtrackContext.environment()));
	}

	/**
	 * Return the configured source of customers, unless the application resolves them.
	 */
	private static @Nullable CustomerSource customerSource(ConfigurableListableBeanFactory beanFactory,
			ConfigurableEnvironment environment) {
		String from = Binder.get(environment).bind("llmtrack.customer.from", String.class).orElse(null);
		if (!StringUtils.hasText(from) || !Activation.in(beanFactory).isRecording()) {
			return null;
		}
		boolean resolved = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, LlmCustomerResolver.class,
				true, false).length > 0;
		return resolved ? null : CustomerSource.parse(from);
	}

	@Bean(Activation.INSTRUMENTATION_BEAN)
	@Fallback
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultModelInstrumentation llmtrackModelInstrumentation(OwnContext llmtrackContext,
			ReadyMadeCustomers llmtrackReadyMadeCustomers, ObjectProvider<LlmTrackProperties> properties,
			ObjectProvider<LlmUsageEventSink> sinks, ObjectProvider<Budgets> budgets,
			ObjectProvider<LlmCustomerResolver> customers, ObjectProvider<LlmCostCalculator> costs,
			ObjectProvider<LlmUsageEventCustomizer> customizers) {
		ConfigurableListableBeanFactory beanFactory = llmtrackContext.beanFactory();
		if (!Activation.in(beanFactory).isRecording()) {
			return DefaultModelInstrumentation.inactive();
		}
		return new DefaultModelInstrumentation(new ApplicationBeans(() -> settings(llmtrackContext.environment()),
				() -> eventSettings(properties.getObject(), llmtrackReadyMadeCustomers),
				() -> EventSinks.find(beanFactory, budgets, sinks), () -> gate(budgets), customers, costs, customizers,
				() -> packages(beanFactory), (name) -> singleton(beanFactory, name),
				() -> TraceSources.find(beanFactory)));
	}

	private static @Nullable RequestGate gate(ObjectProvider<Budgets> budgets) {
		Budgets present = budgets.getIfAvailable(Budgets::none);
		return present.mayRefuse() ? present::refusal : null;
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

	private static EventSettings eventSettings(LlmTrackProperties properties, ReadyMadeCustomers customers) {
		return new EventSettings(properties.defaultFeature(), properties.environment(), properties.event().modelName(),
				properties.providers(), properties.providerAliases(), properties.modelAliases(), properties.metadata(),
				properties.event().include(), prices(properties), customers.resolver());
	}

	private static @Nullable ModelPrices prices(LlmTrackProperties properties) {
		if (properties.pricing().isEmpty()) {
			return null;
		}
		Map<String, TokenPrices> prices = new LinkedHashMap<>();
		properties.pricing().forEach((model, price) -> prices.put(model, price.price()));
		return new ModelPrices(prices);
	}

	private static Collection<String> packages(BeanFactory beanFactory) {
		return AutoConfigurationPackages.has(beanFactory) ? AutoConfigurationPackages.get(beanFactory) : List.of();
	}

	@Bean(FEATURE_PROCESSOR_BEAN)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static FeaturePostProcessor llmtrackFeaturePostProcessor(OwnContext llmtrackContext,
			ReadyMadeCustomers llmtrackReadyMadeCustomers) {
		return new FeaturePostProcessor(Activation.in(llmtrackContext.beanFactory()).isRecording(),
				llmtrackReadyMadeCustomers::current);
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
	 * Reads the header with the customer in WebFlux. Each filter of an application is
	 * named in the stack traces of its errors, so there is none without need.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebFilter.class)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@Conditional(CustomerHeaderCondition.class)
	static class WebFluxConfiguration {

		@Bean
		static CustomerHeaderFilter llmtrackCustomerHeaderFilter(ReadyMadeCustomers llmtrackReadyMadeCustomers) {
			return new CustomerHeaderFilter(llmtrackReadyMadeCustomers::source);
		}

	}

	/**
	 * Gives chat clients the {@link LlmContextAdvisor}.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChatClient.class)
	static class ChatClientConfiguration {

		@Bean
		static ChatClientInstrumentation llmtrackChatClientInstrumentation(BeanFactory beanFactory,
				ObjectProvider<LlmTrackProperties> properties) {
			return new ChatClientInstrumentation(() -> Activation.in(beanFactory).isRecording()
					? advisor(properties.getObject().event().include()) : null);
		}

		private static LlmContextAdvisor advisor(Set<EventEntry> included) {
			return new LlmContextAdvisor(included.contains(EventEntry.CONVERSATION_ID),
					included.contains(EventEntry.TURN_ID));
		}

	}

	/**
	 * Calls the {@link ChatClientInstrumentation}.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChatClientBuilderCustomizer.class)
	static class ChatClientBuilderConfiguration {

		/**
		 * A fallback, so that an application can still inject its only customizer.
		 */
		@Bean
		@Fallback
		static ChatClientBuilderCustomizer llmtrackChatClientBuilderCustomizer(
				ChatClientInstrumentation llmtrackChatClientInstrumentation) {
			return llmtrackChatClientInstrumentation::instrument;
		}

	}

}
