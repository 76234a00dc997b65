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

import com.llmtrack.spring.LlmFeatureContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * The boundary between the chain that an annotated method returned and the chain of
 * whoever subscribed to it. The feature is in the Reactor context of the inner chain; and
 * because blocking calls and Spring AI's observations look at the thread, it is on the
 * thread as well while a signal travels inwards (subscription, demand, cancellation).
 * Items often come back out within that very call: for these the thread gets its outer
 * feature back, so that nothing of the caller's is booked under a feature it didn't ask
 * for.
 */
final class FeatureSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private static final ThreadLocal<@Nullable Crossing> CROSSING = new ThreadLocal<>();

	private final CoreSubscriber<? super T> actual;

	private final String feature;

	private final Context context;

	private @Nullable Subscription upstream;

	FeatureSubscriber(CoreSubscriber<? super T> actual, String feature) {
		this.actual = actual;
		this.feature = feature;
		this.context = actual.currentContext().put(LlmFeatureContext.REACTOR_KEY, feature);
	}

	void subscribeTo(Publisher<? extends T> source) {
		inwards(() -> source.subscribe(this));
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		outwards(() -> this.actual.onSubscribe(this));
	}

	@Override
	public void onNext(T item) {
		outwards(() -> this.actual.onNext(item));
	}

	@Override
	public void onError(Throwable ex) {
		outwards(() -> this.actual.onError(ex));
	}

	@Override
	public void onComplete() {
		outwards(this.actual::onComplete);
	}

	@Override
	public void request(long demand) {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			inwards(() -> subscription.request(demand));
		}
	}

	@Override
	public void cancel() {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			inwards(subscription::cancel);
		}
	}

	private void inwards(Runnable signal) {
		Crossing outer = CROSSING.get();
		CROSSING.set(new Crossing(this, LlmFeatureContext.current(), outer));
		try (LlmFeatureContext.Scope scope = LlmFeatureContext.open(this.feature)) {
			signal.run();
		}
		finally {
			set(outer);
		}
	}

	private void outwards(Runnable signal) {
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
