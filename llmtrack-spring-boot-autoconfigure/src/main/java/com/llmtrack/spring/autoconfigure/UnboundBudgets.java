// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds properties of budgets with an unknown name. Spring Boot ignores them, and so a
 * budget would count other requests than it is meant to, or none.
 */
final class UnboundBudgets {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("llmtrack.budgets");

	/** Those of {@link BudgetProperties}. */
	static final Set<String> KNOWN = Set.of("feature", "customer", "provider", "model", "per", "period", "zone",
			"limit", "tokens", "requests", "warn-at", "then");

	private static final Set<String> UNIFORM = KNOWN.stream()
		.map(ConfiguredBudgets::uniform)
		.collect(Collectors.toUnmodifiableSet());

	private UnboundBudgets() {
	}

	/**
	 * Fail if there is such a property. Variables of the environment are not looked at,
	 * as their names don't tell where that of a budget ends.
	 * @param environment has all properties
	 */
	static void check(ConfigurableEnvironment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			names(source).filter((name) -> !isKnown(name))
				.findFirst()
				.ifPresent((name) -> PropertyChecks.check(false, name.toString().substring("llmtrack.".length()),
						value(source, name),
						"A budget has no property of that name, but " + String.join(", ", new TreeSet<>(KNOWN)) + "."));
		}
	}

	private static boolean isKnown(ConfigurationPropertyName name) {
		int elements = name.getNumberOfElements();
		return elements == PREFIX.getNumberOfElements() + 2
				&& UNIFORM.contains(ConfiguredBudgets.uniform(name.getElement(elements - 1, Form.ORIGINAL)));
	}

	/**
	 * Return the names of all properties of budgets.
	 */
	private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
		if (!(source instanceof IterableConfigurationPropertySource iterable)
				|| source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource
				|| source.containsDescendantOf(PREFIX) == ConfigurationPropertyState.ABSENT) {
			return Stream.empty();
		}
		return iterable.stream()
			.filter((name) -> PREFIX.isAncestorOf(name)
					&& name.getNumberOfElements() > PREFIX.getNumberOfElements() + 1);
	}

	private static @Nullable Object value(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return (property != null) ? property.getValue() : null;
	}

}
