// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.util.stream.Stream;

/**
 * Recognizes the code of libraries between an application's method and its model, for
 * applications whose own packages are unknown.
 */
public final class LibraryPackages {

	private static final String[] JDK = { "java.", "javax.", "jdk.", "sun.", "com.sun." };

	private static final String[] WEB = { "org.springframework.web.servlet.", "org.springframework.web.reactive." };

	private static final String REACTOR = "reactor.";

	private static final String[] OTHERS = { "jakarta.", "kotlin.", "kotlinx.", "scala.", "groovy.",
			"org.springframework.", "org.springaicommunity.", "org.aopalliance.", "org.reactivestreams.",
			"io.micrometer.", "io.netty.", "io.reactivex.", "io.smallrye.", "io.opentelemetry.", "io.grpc.",
			"io.modelcontextprotocol.", "io.github.resilience4j.", "org.apache.", "org.eclipse.jetty.", "io.undertow.",
			"okhttp3.", "okio.", "com.openai.", "com.anthropic.", "com.google.genai.", "software.amazon.awssdk.",
			"org.junit.", "org.gradle.", "org.hibernate.", "com.fasterxml.", "tools.jackson.", "net.bytebuddy.",
			"org.mockito." };

	/** The applications that Spring's developers publish as examples. */
	private static final String SAMPLES = "org.springframework.samples.";

	private LibraryPackages() {
	}

	/**
	 * Return whether a class belongs to a library.
	 */
	public static boolean contain(String className) {
		return areJdks(className) || areReactors(className)
				|| (startsWith(className, OTHERS) && !className.startsWith(SAMPLES));
	}

	/**
	 * Return whether a class belongs to the JDK.
	 */
	public static boolean areJdks(String className) {
		return startsWith(className, JDK);
	}

	/**
	 * Return whether a class belongs to Reactor.
	 */
	public static boolean areReactors(String className) {
		return className.startsWith(REACTOR);
	}

	/**
	 * Return whether a class belongs to Spring MVC or Spring WebFlux.
	 */
	public static boolean areWebs(String className) {
		return startsWith(className, WEB);
	}

	private static boolean startsWith(String className, String[] prefixes) {
		return Stream.of(prefixes).anyMatch(className::startsWith);
	}

}
