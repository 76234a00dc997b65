// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import com.openai.client.OpenAIClient;
import okhttp3.OkHttpClient;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.aop.framework.ProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LibraryPackages}: that the packages of libraries between an
 * application and a model have not changed.
 */
class LibraryPackagesTests {

	@ParameterizedTest
	@ValueSource(classes = { Thread.class, ProxyFactory.class, MethodInvocation.class, ChatClient.class, Flux.class,
			Publisher.class, OpenAIClient.class, OkHttpClient.class })
	void libraryIsKnown(Class<?> type) {
		assertThat(LibraryPackages.contain(type.getName())).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.example.Shop", "Shop", "reactors.Core" })
	void anythingElseIsNone(String className) {
		assertThat(LibraryPackages.contain(className)).isFalse();
	}

}
