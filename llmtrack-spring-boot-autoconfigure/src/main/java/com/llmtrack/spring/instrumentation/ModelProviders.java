/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import java.util.Map;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * The provider behind a model, in the spelling of the models.dev catalogue, which
 * LLMtrack names as a source of its price list.
 */
final class ModelProviders {

	/** Packages of the models of Spring AI 1.1 and 2.0. */
	private static final Map<String, String> BY_PACKAGE = Map.ofEntries(
			Map.entry("org.springframework.ai.anthropic", "anthropic"),
			Map.entry("org.springframework.ai.azure.openai", "azure"),
			Map.entry("org.springframework.ai.bedrock", "amazon-bedrock"),
			Map.entry("org.springframework.ai.deepseek", "deepseek"),
			Map.entry("org.springframework.ai.google.genai", "google"),
			Map.entry("org.springframework.ai.huggingface", "huggingface"),
			Map.entry("org.springframework.ai.minimax", "minimax"),
			Map.entry("org.springframework.ai.mistralai", "mistral"),
			Map.entry("org.springframework.ai.ollama", "ollama"), Map.entry("org.springframework.ai.openai", "openai"),
			Map.entry("org.springframework.ai.openaisdk", "openai"),
			Map.entry("org.springframework.ai.vertexai", "google-vertex"),
			Map.entry("org.springframework.ai.zhipuai", "zhipuai"));

	private static final ClassValue<String> PROVIDERS = new ClassValue<>() {

		@Override
		protected String computeValue(Class<?> modelClass) {
			return find(modelClass);
		}

	};

	private ModelProviders() {
	}

	/**
	 * Return the provider of a model class. A class that extends one of Spring AI's
	 * counts as that one.
	 */
	static String providerOf(Class<?> modelClass) {
		return PROVIDERS.get(modelClass);
	}

	private static String find(Class<?> modelClass) {
		for (Class<?> type = modelClass; type != null; type = type.getSuperclass()) {
			for (Map.Entry<String, String> provider : BY_PACKAGE.entrySet()) {
				if (type.getName().startsWith(provider.getKey() + ".")) {
					return provider.getValue();
				}
			}
		}
		return LlmUsageEvent.UNKNOWN;
	}

}
