// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.instrumentation.customer.CustomerSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if customers may come from a header. Ahead-of-time processing decides for
 * applications whose properties are known only when they run.
 */
final class CustomerHeaderCondition implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING) || Binder.get(context.getEnvironment())
			.bind("llmtrack.customer.from", String.class)
			.map(CustomerSource::parse)
			.map((source) -> source.kind() == CustomerSource.Kind.HEADER)
			.orElse(false);
	}

}
