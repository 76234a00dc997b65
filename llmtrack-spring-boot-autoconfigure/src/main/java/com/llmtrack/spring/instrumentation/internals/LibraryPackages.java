// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.util.stream.Stream;

/**
 * Recognizes the code of libraries between an application's method and its model, for
 * applications whose own packages are unknown.
 */
public final class LibraryPackages {

	private static final String[] PREFIXES = { "java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "kotlin.",
			"kotlinx.", "scala.", "groovy.", "org.springframework.", "org.springaicommunity.", "org.aopalliance.",
			"reactor.", "org.reactivestreams.", "io.micrometer.", "io.netty.", "io.reactivex.", "io.smallrye.",
			"io.opentelemetry.", "io.grpc.", "io.modelcontextprotocol.", "io.github.resilience4j.", "org.apache.",
			"org.eclipse.jetty.", "io.undertow.", "okhttp3.", "okio.", "com.openai.", "com.anthropic.",
			"com.google.genai.", "software.amazon.awssdk.", "org.junit.", "org.gradle.", "org.hibernate.",
			"com.fasterxml.", "tools.jackson.", "net.bytebuddy.", "org.mockito." };

	private LibraryPackages() {
	}

	/**
	 * Return whether a class belongs to a library.
	 */
	public static boolean contain(String className) {
		return Stream.of(PREFIXES).anyMatch(className::startsWith);
	}

}
