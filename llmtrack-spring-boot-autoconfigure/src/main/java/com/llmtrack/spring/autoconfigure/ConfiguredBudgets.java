// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.llmtrack.spring.budget.BudgetSettings;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * The budgets in {@code llmtrack.budgets}, where {@link BudgetSharing the settings of all
 * budgets} are, too.
 */
final class ConfiguredBudgets {

	/** In the form in which Spring Boot compares names. */
	private static final Set<String> RESERVED = Set.of("store", "storetimeout", "keyprefix", "zone");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

	private ConfiguredBudgets() {
	}

	/**
	 * Return whether there are budgets. For those who ask before properties are bound.
	 */
	static boolean exist(Binder properties) {
		try {
			return properties.bind("llmtrack.budgets", Bindable.mapOf(String.class, BudgetProperties.class))
				.map((budgets) -> !only(budgets).isEmpty())
				.orElse(false);
		}
		catch (BindException ex) {
			// Fails the start, which reports it in its own way
			return true;
		}
	}

	/**
	 * Check the budgets and their names.
	 * @param bound what is bound to {@code llmtrack.budgets}
	 */
	static void check(Map<String, BudgetProperties> bound) {
		bound.forEach((name, budget) -> {
			boolean reserved = RESERVED.contains(uniform(name));
			String property = property(name);
			if (budget.isValue()) {
				PropertyChecks.check(reserved, property, null,
						"Must be the name of a budget, with its properties below it, such as llmtrack." + property
								+ ".limit, or one of llmtrack.budgets.store, llmtrack.budgets.store-timeout, "
								+ "llmtrack.budgets.key-prefix and llmtrack.budgets.zone.");
				return;
			}
			PropertyChecks.check(!reserved, property, null,
					"Must not be a budget, as it is a setting of all budgets. Give the budget another name.");
			PropertyChecks.check(NAME.matcher(name).matches(), property, null,
					"The name of a budget must have between 1 and 100 letters, digits, dots, underscores and dashes.");
			budget.check(property);
		});
	}

	/**
	 * Return the settings of budgets, which are valid.
	 * @param bound what is bound to {@code llmtrack.budgets}
	 * @param zone the time zone of those that have none
	 */
	static List<BudgetSettings> settings(Map<String, BudgetProperties> bound, ZoneId zone) {
		return only(bound).entrySet()
			.stream()
			.map((budget) -> budget.getValue().settings(budget.getKey(), zone))
			.toList();
	}

	/**
	 * Return the budgets without the settings of all. One of which a variable of the
	 * environment sets a property is bound twice if its name has dashes, as variables
	 * have none.
	 */
	private static Map<String, BudgetProperties> only(Map<String, BudgetProperties> bound) {
		Map<String, BudgetProperties> budgets = new LinkedHashMap<>();
		Map<String, String> names = new LinkedHashMap<>();
		bound.forEach((name, budget) -> {
			if (budget.isValue()) {
				return;
			}
			String other = names.get(uniform(name));
			if (other == null || !budget.equals(budgets.get(other))) {
				names.put(uniform(name), name);
				budgets.put(name, budget);
			}
			else if (other.length() < name.length()) {
				names.put(uniform(name), name);
				budgets.remove(other);
				budgets.put(name, budget);
			}
		});
		return budgets;
	}

	/**
	 * Return the name of the property that has a budget, without the prefix.
	 */
	static String property(String name) {
		return name.matches("[A-Za-z0-9-]+") ? "budgets." + name : "budgets[" + name + "]";
	}

	/**
	 * Return a name in the form in which it is compared with others.
	 */
	static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

}
