// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.lang.reflect.Field;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;
import org.springframework.web.util.UriBuilderFactory;

/**
 * Where a model of Spring AI 1.1 sends its requests, which only the clients know that it
 * holds: many a service has the API of OpenAI or Anthropic, and so their models.
 */
final class ModelAddresses {

	/** The private fields by their classes. */
	static final Map<String, String> FIELDS = Map.of("org.springframework.ai.anthropic.AnthropicChatModel",
			"anthropicApi", "org.springframework.ai.anthropic.api.AnthropicApi", "restClient",
			"org.springframework.ai.openai.OpenAiChatModel", "openAiApi",
			"org.springframework.ai.openai.OpenAiEmbeddingModel", "openAiApi",
			"org.springframework.ai.openai.api.OpenAiApi", "baseUrl",
			"org.springframework.web.client.DefaultRestClient", "uriBuilderFactory");

	private ModelAddresses() {
	}

	/**
	 * Return the address, or {@code null} if the model does not tell.
	 * @param model the model itself, behind any proxy
	 */
	static @Nullable String of(Object model) {
		Object value = model;
		for (Object next = read(value); next != null; next = read(next)) {
			value = next;
		}
		if (value instanceof UriBuilderFactory urls) {
			return urls.expand("/").toString();
		}
		return (value instanceof String url) ? url : null;
	}

	private static @Nullable Object read(Object owner) {
		for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
			String name = FIELDS.get(type.getName());
			Field field = (name != null) ? ReflectionUtils.findField(type, name) : null;
			if (field != null) {
				ReflectionUtils.makeAccessible(field);
				return ReflectionUtils.getField(field, owner);
			}
		}
		return null;
	}

}
