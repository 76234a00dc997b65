// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What native images have to keep of the models and clients that are read.
 */
final class ModelAddressHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		ModelAddresses.FIELDS.forEach((type, field) -> hints.reflection()
			.registerTypeIfPresent(classLoader, type, (model) -> model.withField(field)));
	}

}
