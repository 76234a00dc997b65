// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import com.llmtrack.spring.instrumentation.call.CallSite.Place;
import com.llmtrack.spring.instrumentation.internals.WebHandlers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.util.StringUtils;

/**
 * The places in the application's code that make requests without a feature. Each new
 * place is logged once; their number is bounded.
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

	private static final Log logger = LogFactory.getLog(CallSites.class);

	private final Map<Place, CallSite> sites = new ConcurrentHashMap<>();

	private final AtomicInteger walks = new AtomicInteger();

	/** They are short, as they end at Reactor. */
	private final AtomicInteger walksInVain = new AtomicInteger();

	private final AtomicLong windowStart;

	private final ApplicationBeans beans;

	private final LongSupplier clock;

	private final ApplicationStack stack;

	private final FeatureAdvice advice;

	/**
	 * Create call sites.
	 * @param beans knows whether the application wants to hear of them, and its packages
	 * @param clock tells the time in nanoseconds
	 */
	CallSites(ApplicationBeans beans, LongSupplier clock) {
		this.beans = beans;
		this.clock = clock;
		this.windowStart = new AtomicLong(clock.getAsLong());
		this.stack = new ApplicationStack(beans::packages);
		this.advice = new FeatureAdvice(this.stack);
	}

	/**
	 * Note that the current thread makes a request without a feature.
	 */
	void add() {
		if (mayWalk() && isWanted()) {
			StackFrame frame = this.stack.nearest();
			count((frame != null) ? find(frame, false) : findUnknown(this.advice.withoutFrame(this.stack.frames())));
		}
	}

	/**
	 * Note that the current thread subscribes to a stream without a feature.
	 * @param assembled where the stream was assembled, if that is known
	 * @param context the Reactor context of the subscriber
	 */
	void addStream(@Nullable CallSite assembled, ContextView context) {
		if (assembled != null) {
			count(assembled);
		}
		else if (mayWalk() && isWanted()) {
			StackFrame frame = this.stack.nearest();
			count((frame != null) ? find(frame, true) : findWithoutFrame(context));
		}
	}

	/**
	 * Return where the current thread assembles a stream, for the case that nothing has a
	 * feature for it when it is subscribed to.
	 * @return the place, or {@code null} if it is unknown, or known at the subscription
	 * only
	 */
	@Nullable CallSite ofAssembly() {
		if (!mayWalk() || this.walksInVain.get() >= MAX_WALKS || !isWanted()) {
			return null;
		}
		StackFrame frame = this.stack.nearestOfAssembly();
		if (frame == null) {
			this.walksInVain.incrementAndGet();
			return null;
		}
		return find(frame, true);
	}

	private boolean mayWalk() {
		long now = this.clock.getAsLong();
		long start = this.windowStart.get();
		if (now - start >= WINDOW && this.windowStart.compareAndSet(start, now)) {
			this.walks.set(0);
			this.walksInVain.set(0);
		}
		return this.beans.isReady() && this.walks.get() < MAX_WALKS;
	}

	/**
	 * Return whether the application wants to hear of requests without a feature, and has
	 * no feature for all of them.
	 */
	private boolean isWanted() {
		return this.beans.settings().reportMissingFeatures()
				&& !StringUtils.hasText(this.beans.eventSettings().feature());
	}

	private @Nullable CallSite find(StackFrame frame, boolean stream) {
		return find(Place.of(frame),
				() -> new CallSite(CallSite.nameOf(frame), this.advice.forFrame(frame, this.stack.frames(), stream)));
	}

	private @Nullable CallSite findWithoutFrame(ContextView context) {
		Method handler = WebHandlers.current(context);
		return (handler != null)
				? find(Place.of(handler), () -> new CallSite(CallSite.nameOf(handler), this.advice.forHandler(handler)))
				: findUnknown(this.advice.forStreamWithoutFrame());
	}

	private @Nullable CallSite findUnknown(String advice) {
		return find(Place.unknown(advice), () -> new CallSite(NOWHERE, advice));
	}

	private @Nullable CallSite find(Place place, Supplier<CallSite> creator) {
		CallSite site = this.sites.get(place);
		if (site == null && this.sites.size() < MAX_SITES) {
			CallSite created = creator.get();
			CallSite known = this.sites.putIfAbsent(place, created);
			return (known != null) ? known : created;
		}
		this.walks.incrementAndGet();
		return site;
	}

	private static void count(@Nullable CallSite site) {
		if (site != null && site.count()) {
			logger.info("Model requests without a feature come from " + site.name() + ". " + site.advice()
					+ "; llmtrack.instrumentation.report-missing-features=false silences this.");
		}
	}

	/**
	 * Return the number of counted requests by call site.
	 */
	Map<String, Long> counts() {
		Map<String, Long> counts = new TreeMap<>();
		for (CallSite site : this.sites.values()) {
			if (site.requests() > 0) {
				counts.merge(site.name(), site.requests(), Long::sum);
			}
		}
		return counts;
	}

}
