// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmFeatureContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;

/**
 * Puts the chain that an annotated method returned under its feature. The feature is in
 * the Reactor context of that chain; and because blocking calls and Spring AI's
 * observations look at the thread, it is on the thread as well while a signal travels
 * inwards. Items often come back out within that very call: for these the thread gets its
 * outer feature back, so that nothing of the caller's is booked under a feature it didn't
 * ask for.
 */
final class FeatureSubscriber<T> extends BoundarySubscriber<T> {

	private static final ThreadLocal<@Nullable Crossing> CROSSING = new ThreadLocal<>();

	private final String feature;

	FeatureSubscriber(CoreSubscriber<? super T> actual, String feature) {
		super(actual, LlmFeatureContext.REACTOR_KEY, feature);
		this.feature = feature;
	}

	void subscribeTo(Publisher<? extends T> source) {
		inwards(() -> source.subscribe(this));
	}

	@Override
	protected void inwards(Runnable signal) {
		Crossing outer = CROSSING.get();
		CROSSING.set(new Crossing(this, LlmFeatureContext.current(), outer));
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open(this.feature)) {
			signal.run();
		}
		finally {
			set(outer);
		}
	}

	@Override
	protected void outwards(Runnable signal) {
		Crossing crossing = CROSSING.get();
		if (crossing == null || crossing.boundary() != this) {
			signal.run();
			return;
		}
		set(crossing.outer());
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open(crossing.outerFeature())) {
			signal.run();
		}
		finally {
			set(crossing);
		}
	}

	private static void set(@Nullable Crossing crossing) {
		if (crossing != null) {
			CROSSING.set(crossing);
		}
		else {
			CROSSING.remove();
		}
	}

	/**
	 * One inward signal that is under way on a thread.
	 *
	 * @param boundary the boundary it crosses
	 * @param outerFeature the feature outside of it
	 * @param outer the crossing within which it takes place, if any
	 */
	private record Crossing(FeatureSubscriber<?> boundary, @Nullable String outerFeature, @Nullable Crossing outer) {
	}

}
