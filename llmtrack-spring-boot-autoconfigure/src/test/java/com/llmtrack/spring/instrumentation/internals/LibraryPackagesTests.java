// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.util.concurrent.CompletableFuture;

import com.openai.client.OpenAIClient;
import okhttp3.OkHttpClient;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServer;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;

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

	@Test
	void partsThatCallTheApplicationAreToldApart() {
		assertThat(LibraryPackages.areJdks(CompletableFuture.class.getName())).isTrue();
		assertThat(LibraryPackages.areReactors(Flux.class.getName())).isTrue();
		assertThat(LibraryPackages.areReactors(HttpServer.class.getName())).isTrue();
		assertThat(LibraryPackages.areWebs(DispatcherServlet.class.getName())).isTrue();
		assertThat(LibraryPackages.areWebs(DispatcherHandler.class.getName())).isTrue();
		assertThat(LibraryPackages.areWebs(ProxyFactory.class.getName())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.example.Shop", "Shop", "reactors.Core", "org.springframework.samples.clinic.Clinic" })
	void anythingElseIsNone(String className) {
		assertThat(LibraryPackages.contain(className)).isFalse();
	}

}
