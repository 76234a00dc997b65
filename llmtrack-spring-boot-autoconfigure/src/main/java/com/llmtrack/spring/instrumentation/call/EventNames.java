// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Locale;
import java.util.function.Function;

import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;

/**
 * What events name a request's provider, model and feature: as the application configured
 * it, else as the model tells. Safe for any thread.
 */
final class EventNames {

	private final EventSettings settings;

	private final Function<String, @Nullable Object> beans;

	/**
	 * Create names.
	 * @param settings the application's names and aliases
	 * @param beans finds a model's bean by its name, if it has been created
	 */
	EventNames(EventSettings settings, Function<String, @Nullable Object> beans) {
		this.settings = settings;
		this.beans = beans;
	}

	String provider(CalledModel model) {
		String configured = configuredProvider(model);
		return alias((configured != null) ? configured : model.servingProvider(this.beans));
	}

	/**
	 * Return the provider as far as the application configured it.
	 * @param model the model
	 * @param otherwise the provider if it did not
	 */
	String providerConfiguredFor(CalledModel model, String otherwise) {
		String configured = configuredProvider(model);
		return alias((configured != null) ? configured : otherwise);
	}

	private String alias(String provider) {
		return this.settings.providerAliases().getOrDefault(provider, provider);
	}

	/**
	 * Spring Boot leaves only lower-case letters and digits of a bean's name that comes
	 * from an environment variable.
	 */
	private @Nullable String configuredProvider(CalledModel model) {
		String beanName = model.name();
		if (beanName == null || this.settings.providers().isEmpty()) {
			return null;
		}
		String configured = this.settings.providers().get(beanName);
		return (configured != null) ? configured
				: this.settings.providers().get(beanName.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT));
	}

	/**
	 * Return the model.
	 * @param requested the model that was requested, if known
	 * @param answering the model that answered, if it did and was named
	 */
	@Nullable String model(@Nullable String requested, @Nullable String answering) {
		String model = unaliasedModel(requested, answering);
		return (model != null) ? this.settings.modelAliases().getOrDefault(model, model) : null;
	}

	private @Nullable String unaliasedModel(@Nullable String requested, @Nullable String answering) {
		if (answering != null && this.settings.modelName() == ModelNameSource.RESPONSE) {
			return answering;
		}
		return (requested != null) ? requested : answering;
	}

	@Nullable String feature(LlmContext context) {
		return (context.feature() != null) ? context.feature() : this.settings.feature();
	}

}
