// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.instrumentation.customer.CustomerSource;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if customers may come from a header. Ahead-of-time processing decides for
 * applications whose properties are known only when they run.
 */
final class CustomerHeaderCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean matches = Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
				|| isHeaderNamed(context.getEnvironment());
		return new ConditionOutcome(matches, ConditionMessage.forCondition("LLMtrack customers from a header")
			.because("llmtrack.customer.from names " + (matches ? "one or may do so" : "none")));
	}

	private static boolean isHeaderNamed(Environment environment) {
		return Binder.get(environment)
			.bind("llmtrack.customer.from", String.class)
			.map(CustomerSource::parse)
			.map((source) -> source.kind() == CustomerSource.Kind.HEADER)
			.orElse(false);
	}

}
