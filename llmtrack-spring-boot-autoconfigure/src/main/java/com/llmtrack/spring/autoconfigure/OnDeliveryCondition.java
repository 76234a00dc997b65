// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmTrackConnectionDetails;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Matches if events can be delivered: with a key that may be sent to LLMtrack, or a bean
 * that knows one, and with the libraries that it takes. What needs them is behind the
 * dispatcher, so that they are no condition on a class of configuration.
 */
class OnDeliveryCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final String WEB_CLIENT = "org.springframework.web.reactive.function.client.WebClient";

	private static final String JSON_MAPPER = "tools.jackson.databind.json.JsonMapper";

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("LLMtrack delivery");
		for (String library : new String[] { WEB_CLIENT, JSON_MAPPER }) {
			if (!ClassUtils.isPresent(library, context.getClassLoader())) {
				return ConditionOutcome.noMatch(message.didNotFind("required class").items(library));
			}
		}
		ApiKeyState key = ApiKeyState.in(context.getEnvironment());
		if (key != ApiKeyState.USABLE && hasDetails(context)) {
			return ConditionOutcome.match(message.because("there is a bean of LlmTrackConnectionDetails"));
		}
		return new ConditionOutcome(key == ApiKeyState.USABLE, message.because(ApiKeyState.PROPERTY + " " + key));
	}

	private static boolean hasDetails(ConditionContext context) {
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		Assert.state(beanFactory != null, "No bean factory");
		return Beans.exist(beanFactory, LlmTrackConnectionDetails.class);
	}

}
