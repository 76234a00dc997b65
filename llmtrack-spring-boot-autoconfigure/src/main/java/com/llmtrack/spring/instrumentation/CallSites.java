/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import java.lang.StackWalker.StackFrame;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The places in the application's code that make requests without a feature: the nearest
 * frame on the stack that is not a library's. Each new one is logged once. Looked for
 * only if there is no feature, and bounded in number.
 */
final class CallSites {

	private static final int MAX_SITES = 1000;

	private static final String NOWHERE = "no application code on the stack";

	private static final String[] LIBRARIES = { "java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "kotlin.",
			"kotlinx.", "scala.", "groovy.", "org.springframework.", "org.aopalliance.", "reactor.",
			"org.reactivestreams.", "io.micrometer.", "io.netty.", "io.reactivex.", "io.smallrye.", "io.opentelemetry.",
			"io.grpc.", "org.apache.", "org.eclipse.jetty.", "io.undertow.", "okhttp3.", "okio.", "com.openai.",
			"com.anthropic.", "com.google.genai.", "software.amazon.awssdk.", "org.junit.", "org.gradle.",
			"org.hibernate.", "com.fasterxml.", "tools.jackson.", "net.bytebuddy.", "org.mockito.",
			"com.llmtrack.spring." };

	private static final Log logger = LogFactory.getLog(CallSites.class);

	private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();

	/**
	 * Note that the current thread makes a request without a feature.
	 */
	void add() {
		String site = find();
		LongAdder counter = this.requests.get(site);
		if (counter == null && this.requests.size() < MAX_SITES) {
			counter = this.requests.computeIfAbsent(site, this::begin);
		}
		if (counter != null) {
			counter.increment();
		}
	}

	private LongAdder begin(String site) {
		logger.info("Model requests without a feature are made by " + site
				+ ". Annotate the method, or one that calls it through a Spring bean, with @LlmFeature(\"…\"), or see "
				+ "docs/features.md; llmtrack.instrumentation.report-missing-features=false silences this.");
		return new LongAdder();
	}

	/**
	 * Return the number of requests by call site.
	 */
	Map<String, Long> counts() {
		Map<String, Long> counts = new TreeMap<>();
		this.requests.forEach((site, counter) -> counts.put(site, counter.sum()));
		return counts;
	}

	private static String find() {
		Optional<StackFrame> frame = StackWalker.getInstance()
			.walk((frames) -> frames.filter(CallSites::isApplication).findFirst());
		return frame.map(CallSites::describe).orElse(NOWHERE);
	}

	private static boolean isApplication(StackFrame frame) {
		return Stream.of(LIBRARIES).noneMatch(frame.getClassName()::startsWith) && !frame.getClassName().contains("$$");
	}

	private static String describe(StackFrame frame) {
		return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
				+ frame.getLineNumber() + ")";
	}

}
