// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Matches if Spring Boot's metrics are there, which bind each {@code MeterBinder} bean to
 * each registry. Their auto-configuration has another name in each generation of Spring
 * Boot.
 */
final class BootMetricsCondition implements Condition {

	private static final List<String> METRICS = List.of(
			"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
			"org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration");

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return METRICS.stream().anyMatch((name) -> ClassUtils.isPresent(name, context.getClassLoader()));
	}

}
