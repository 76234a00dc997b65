// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import com.llmtrack.spring.instrumentation.internals.LibraryPackages;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The places in the application's code that make requests without a feature: the nearest
 * frame on the stack that is in one of the application's packages, else the nearest that
 * is not a library's. Each new place is logged once; their number is bounded.
 * <p>
 * Walking the stack takes longer than everything else that is done for a request. So at
 * most 100 requests per second from known places are counted; most applications never
 * make more. Safe for any thread.
 */
final class CallSites {

	private static final int MAX_SITES = 1000;

	private static final int MAX_WALKS = 100;

	private static final long WINDOW = 1_000_000_000;

	private static final String NOWHERE = "no application code on the stack";

	private static final String OURS = "com.llmtrack.spring.";

	private static final Log logger = LogFactory.getLog(CallSites.class);

	private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

	private static final ClassValue<Boolean> OTHER_CODE = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return !isSkipped(type.getName()) && !LibraryPackages.contain(type.getName());
		}

	};

	private final Map<Place, Site> sites = new ConcurrentHashMap<>();

	private final AtomicInteger walks = new AtomicInteger();

	private final AtomicLong windowStart;

	private final ApplicationBeans beans;

	private final LongSupplier clock;

	private final ClassValue<Boolean> ownCode = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return isOwnCode(type.getName());
		}

	};

	/**
	 * Create call sites.
	 * @param beans knows whether the application wants to hear of them, and its packages
	 * @param clock tells the time in nanoseconds
	 */
	CallSites(ApplicationBeans beans, LongSupplier clock) {
		this.beans = beans;
		this.clock = clock;
		this.windowStart = new AtomicLong(clock.getAsLong());
	}

	/**
	 * Note that the current thread makes a request without a feature.
	 */
	void add() {
		if (this.beans.isReady() && mayWalk() && isWanted()) {
			add(find());
		}
	}

	private boolean mayWalk() {
		long now = this.clock.getAsLong();
		long start = this.windowStart.get();
		if (now - start >= WINDOW && this.windowStart.compareAndSet(start, now)) {
			this.walks.set(0);
		}
		return this.walks.get() < MAX_WALKS;
	}

	/**
	 * Return whether the application wants to hear of requests without a feature, and has
	 * no feature for all of them.
	 */
	private boolean isWanted() {
		return this.beans.settings().reportMissingFeatures()
				&& !StringUtils.hasText(this.beans.eventSettings().feature());
	}

	private void add(@Nullable StackFrame frame) {
		Place place = Place.of(frame);
		Site site = this.sites.get(place);
		if (site == null && this.sites.size() < MAX_SITES) {
			site = begin(place, frame);
		}
		else {
			this.walks.incrementAndGet();
		}
		if (site != null) {
			site.requests().increment();
		}
	}

	private @Nullable StackFrame find() {
		return WALKER.walk(this::find);
	}

	private @Nullable StackFrame find(Stream<StackFrame> frames) {
		boolean packagesAreKnown = !this.beans.packages().isEmpty();
		StackFrame other = null;
		for (Iterator<StackFrame> iterator = frames.iterator(); iterator.hasNext();) {
			StackFrame frame = iterator.next();
			if (this.ownCode.get(frame.getDeclaringClass())) {
				return frame;
			}
			if (other == null && OTHER_CODE.get(frame.getDeclaringClass())) {
				other = frame;
			}
			if (other != null && !packagesAreKnown) {
				return other;
			}
		}
		return other;
	}

	private boolean isOwnCode(String className) {
		return !isSkipped(className)
				&& this.beans.packages().stream().anyMatch((name) -> className.startsWith(name + "."));
	}

	/**
	 * Return whether a class is one of ours, or made at run time.
	 */
	private static boolean isSkipped(String className) {
		return className.startsWith(OURS) || className.contains("$$");
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
	 * Return the number of counted requests by call site.
	 */
	Map<String, Long> counts() {
		Map<String, Long> counts = new TreeMap<>();
		this.sites.values().forEach((site) -> counts.merge(site.name(), site.requests().sum(), Long::sum));
		return counts;
	}

	/**
	 * A place as the stack tells it without effort: the line number and the text are only
	 * found for a new one.
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
