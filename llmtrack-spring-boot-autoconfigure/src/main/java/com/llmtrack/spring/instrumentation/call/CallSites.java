// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.StackWalker.StackFrame;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The places in the application's code that make requests without a feature: the nearest
 * frame on the stack that is not a library's. Each new one is logged once. Looked for
 * only if there is no feature, and bounded in number. What takes time, the line number
 * and the text, is found once for each.
 */
final class CallSites {

	private static final int MAX_SITES = 1000;

	private static final String NOWHERE = "no application code on the stack";

	private static final String[] LIBRARIES = { "java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "kotlin.",
			"kotlinx.", "scala.", "groovy.", "org.springframework.", "org.springaicommunity.", "org.aopalliance.",
			"reactor.", "org.reactivestreams.", "io.micrometer.", "io.netty.", "io.reactivex.", "io.smallrye.",
			"io.opentelemetry.", "io.grpc.", "io.modelcontextprotocol.", "io.github.resilience4j.", "org.apache.",
			"org.eclipse.jetty.", "io.undertow.", "okhttp3.", "okio.", "com.openai.", "com.anthropic.",
			"com.google.genai.", "software.amazon.awssdk.", "org.junit.", "org.gradle.", "org.hibernate.",
			"com.fasterxml.", "tools.jackson.", "net.bytebuddy.", "org.mockito.", "com.llmtrack.spring." };

	private static final Log logger = LogFactory.getLog(CallSites.class);

	private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

	private static final ClassValue<Boolean> APPLICATION = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			String name = type.getName();
			return Stream.of(LIBRARIES).noneMatch(name::startsWith) && !name.contains("$$");
		}

	};

	private final Map<Place, Site> sites = new ConcurrentHashMap<>();

	/**
	 * Note that the current thread makes a request without a feature.
	 */
	void add() {
		StackFrame frame = WALKER
			.walk((frames) -> frames.filter((candidate) -> APPLICATION.get(candidate.getDeclaringClass())).findFirst())
			.orElse(null);
		Place place = Place.of(frame);
		Site site = this.sites.get(place);
		if (site == null && this.sites.size() < MAX_SITES) {
			site = begin(place, frame);
		}
		if (site != null) {
			site.requests().increment();
		}
	}

	private Site begin(Place place, @Nullable StackFrame frame) {
		Site site = new Site((frame != null) ? describe(frame) : NOWHERE, new LongAdder());
		Site known = this.sites.putIfAbsent(place, site);
		if (known != null) {
			return known;
		}
		logger.info("Model requests without a feature come from " + site.name() + ". "
				+ ((frame != null) ? "Annotate the method, or one that calls it through a Spring bean, with "
						: "Annotate the method that made the stream or the task with ")
				+ "@LlmFeature(\"…\"), or see docs/features.md; "
				+ "llmtrack.instrumentation.report-missing-features=false silences this.");
		return site;
	}

	private static String describe(StackFrame frame) {
		return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
				+ frame.getLineNumber() + ")";
	}

	/**
	 * Return the number of requests by call site.
	 */
	Map<String, Long> counts() {
		Map<String, Long> counts = new TreeMap<>();
		this.sites.values().forEach((site) -> counts.merge(site.name(), site.requests().sum(), Long::sum));
		return counts;
	}

	/**
	 * A place as the stack gives it away at no cost.
	 */
	private record Place(String className, String methodName, int index) {

		static Place of(@Nullable StackFrame frame) {
			return (frame != null) ? new Place(frame.getClassName(), frame.getMethodName(), frame.getByteCodeIndex())
					: new Place("", "", 0);
		}

	}

	private record Site(String name, LongAdder requests) {
	}

}
