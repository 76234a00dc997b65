// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.List;
import java.util.Map;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.internals.ModelEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ConcurrentReferenceHashMap.ReferenceType;

/**
 * The provider of a model, in the spelling of the models.dev catalogue, which LLMtrack
 * names as a source of its price list. Users can change it with
 * {@code llmtrack.providers} and {@code llmtrack.provider-aliases}.
 */
public final class ModelProviders {

	private static final String SPRING_AI = "org.springframework.ai.";

	/**
	 * LLMtrack's id, Spring AI's value in observations, and the package of the models.
	 */
	private static final List<Provider> PROVIDERS = List.of(new Provider("anthropic", "anthropic", "anthropic"),
			new Provider("amazon-bedrock", "bedrock_converse", "bedrock"),
			new Provider("deepseek", "deepseek", "deepseek"), new Provider("google", "google_genai", "google.genai"),
			new Provider("mistral", "mistral_ai", "mistralai"), new Provider("ollama", "ollama", "ollama"),
			new Provider("openai", "openai", "openai"), new Provider("google-vertex", "vertex_ai", "vertexai"),
			new Provider("onnx", "onnx", "transformers"), new Provider("postgresml", "postgresml", "postgresml"),
			// Of Spring AI 1.1 only
			new Provider("azure", "azure-openai", "azure.openai"),
			new Provider("huggingface", "huggingface", "huggingface"), new Provider("minimax", "minimax", "minimax"),
			new Provider("openai", "openai_sdk", "openaisdk"), new Provider("zhipuai", "zhipuai", "zhipuai"));

	private static final ClassValue<String> BY_CLASS = new ClassValue<>() {

		@Override
		protected String computeValue(Class<?> modelClass) {
			return find(modelClass);
		}

	};

	/**
	 * Providers of models that have told their endpoint, for as long as these are used.
	 */
	private static final Map<Object, String> SERVING = new ConcurrentReferenceHashMap<>(16, ReferenceType.WEAK);

	private ModelProviders() {
	}

	/**
	 * Return the provider of a model class. A subclass of one of Spring AI's models has
	 * the provider of that model.
	 */
	public static String providerOf(Class<?> modelClass) {
		return BY_CLASS.get(modelClass);
	}

	/**
	 * Return the provider that serves a model, which is known from where the model sends
	 * its requests, and otherwise from its class: many a service has the API of OpenAI or
	 * Anthropic, and so their class.
	 * @param model the model itself, behind any proxy
	 */
	public static String providerServing(Object model) {
		String byClass = providerOf(model.getClass());
		if (LlmUsageEvent.UNKNOWN.equals(byClass)) {
			return byClass;
		}
		String serving = SERVING.get(model);
		if (serving == null) {
			String byEndpoint = providerAtEndpoint(model);
			serving = (byEndpoint != null) ? byEndpoint : byClass;
			SERVING.put(model, serving);
		}
		return serving;
	}

	private static @Nullable String providerAtEndpoint(Object model) {
		ModelEndpoint endpoint = ModelEndpoint.of(model);
		if (endpoint == null) {
			String baseUrl = SpringAiApi.get().baseUrl(model);
			return (baseUrl != null) ? ProviderHosts.providerAt(baseUrl) : null;
		}
		if (endpoint.platform() != null) {
			return switch (endpoint.platform()) {
				case AZURE -> "azure";
				case VERTEX_AI -> "google-vertex";
			};
		}
		return (endpoint.baseUrl() != null) ? ProviderHosts.providerAt(endpoint.baseUrl()) : null;
	}

	private static String find(Class<?> modelClass) {
		for (Class<?> type = modelClass; type != null; type = type.getSuperclass()) {
			for (Provider provider : PROVIDERS) {
				if (type.getName().startsWith(SPRING_AI + provider.packageName() + ".")) {
					return provider.id();
				}
			}
		}
		return LlmUsageEvent.UNKNOWN;
	}

	/**
	 * Return the provider that an observation names. An unknown name is kept as it is,
	 * because models of other libraries name their provider, too.
	 */
	public static String providerObservedAs(String springAiValue) {
		for (Provider provider : PROVIDERS) {
			if (provider.springAiValue().equals(springAiValue)) {
				return provider.id();
			}
		}
		return springAiValue;
	}

	/**
	 * Return whether a model class is one of Spring AI's own for one of the providers.
	 */
	public static boolean isSpringAiModel(Class<?> modelClass) {
		return modelClass.getName().startsWith(SPRING_AI) && !LlmUsageEvent.UNKNOWN.equals(providerOf(modelClass));
	}

	/**
	 * Return whether a provider's models run inside the application or its database, so
	 * that no request is sent or charged.
	 */
	public static boolean isLocal(String provider) {
		return provider.equals("onnx") || provider.equals("postgresml");
	}

	private record Provider(String id, String springAiValue, String packageName) {
	}

}
