// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;
import org.springframework.web.util.UriBuilderFactory;

/**
 * Where a model of Spring AI 1.1 sends its requests, which only the clients know that it
 * holds: many a service has the API of OpenAI or Anthropic, and so their models.
 */
final class ModelAddresses {

	private ModelAddresses() {
	}

	/**
	 * Return the address, or {@code null} if the model does not tell.
	 * @param model the model itself, behind any proxy
	 */
	static @Nullable String of(Object model) {
		Object openAi = read(model, "openAiApi");
		if (openAi != null) {
			return (read(openAi, "baseUrl") instanceof String url) ? url : null;
		}
		return (read(read(read(model, "anthropicApi"), "restClient"),
				"uriBuilderFactory") instanceof UriBuilderFactory urls) ? urls.expand("/").toString() : null;
	}

	private static @Nullable Object read(@Nullable Object owner, String name) {
		Field field = (owner != null) ? ReflectionUtils.findField(owner.getClass(), name) : null;
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, owner);
	}

}
