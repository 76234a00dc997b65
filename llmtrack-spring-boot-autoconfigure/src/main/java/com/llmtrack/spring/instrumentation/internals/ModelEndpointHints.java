// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What native images have to keep of the clients of models.
 */
final class ModelEndpointHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		ModelEndpoint.CLIENTS.forEach((model, field) -> hints.reflection()
			.registerTypeIfPresent(classLoader, model, (type) -> type.withField(field)));
		hints.reflection()
			.registerTypeIfPresent(classLoader, ModelEndpoint.OPENAI_CLIENT,
					(type) -> type.withField(ModelEndpoint.OPENAI_OPTIONS));
		ModelEndpoint.TYPES.forEach((type) -> hints.reflection()
			.registerTypeIfPresent(classLoader, type, MemberCategory.INVOKE_PUBLIC_METHODS));
	}

}
