// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * What native images have to keep of models: the interface defaults that
 * {@link ConvenienceMethods} runs on proxies, and the proxies of models that the
 * application hands over, such as Spring AI's, which have one interface, and of streams
 * of models. Proxies of beans are {@link ModelPostProcessor}'s matter.
 */
final class ModelHints implements RuntimeHintsRegistrar {

	/** By their names, as there may be no Spring AI. */
	private static final List<String> MODELS = List.of("org.springframework.ai.chat.model.ChatModel",
			"org.springframework.ai.chat.model.StreamingChatModel", "org.springframework.ai.embedding.EmbeddingModel");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerType(Stream.class, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerType(BaseStream.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		for (String name : MODELS) {
			if (ClassUtils.isPresent(name, classLoader)) {
				Class<?> model = ClassUtils.resolveClassName(name, classLoader);
				hints.reflection().registerType(model, MemberCategory.INVOKE_PUBLIC_METHODS);
				hints.proxies().registerJdkProxy(AopProxyUtils.completeJdkProxyInterfaces(model));
				hints.proxies().registerJdkProxy(model, Stream.class);
			}
		}
	}

}
