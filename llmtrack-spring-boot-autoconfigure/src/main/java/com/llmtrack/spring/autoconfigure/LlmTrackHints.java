// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.LlmTrackVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.core.io.ClassPathResource;

/**
 * What native images have to keep of the API, which is the annotation, also as part of
 * another one, and the version; how budgets are bound; and the classes that tell which
 * libraries there are.
 */
final class LlmTrackHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerType(LlmFeature.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		hints.proxies().registerJdkProxy(LlmFeature.class);
		hints.resources().registerResource(new ClassPathResource("version.properties", LlmTrackVersion.class));
		hints.reflection().registerType(BudgetProperties.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		BindableRuntimeHintsRegistrar.forTypes(BudgetSharing.class).registerHints(hints);
		hints.reflection()
			.registerTypeIfPresent(classLoader, RequiredLibraries.WEB_CLIENT)
			.registerTypeIfPresent(classLoader, RequiredLibraries.SPRING_JDBC)
			.registerTypeIfPresent(classLoader, RequiredLibraries.SPRING_DATA_REDIS)
			.registerTypeIfPresent(classLoader, SupportedLines.CHAT_MODEL, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerTypeIfPresent(classLoader, SupportedLines.TRANSCRIPTION_MODEL);
	}

}
