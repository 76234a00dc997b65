// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * The boundary between a chain of ours to watch over and the chain of whoever subscribed
 * to it. Passes every signal on unchanged; subclasses decide what surrounds one that
 * travels inwards (demand, cancellation) or outwards (items, the end).
 *
 * @param <T> the type of the items
 */
public abstract class BoundarySubscriber<T> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super T> actual;

	private final Context context;

	private @Nullable Subscription upstream;

	/**
	 * Create a boundary.
	 * @param actual whoever subscribed
	 * @param key key of what the inner chain finds in its Reactor context
	 * @param value what it finds there
	 */
	public BoundarySubscriber(CoreSubscriber<? super T> actual, Object key, Object value) {
		this.actual = actual;
		this.context = actual.currentContext().put(key, value);
	}

	protected abstract void inwards(Runnable signal);

	protected abstract void outwards(Runnable signal);

	@Override
	public final Context currentContext() {
		return this.context;
	}

	@Override
	public final void onSubscribe(Subscription subscription) {
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
	public final void request(long demand) {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			inwards(() -> subscription.request(demand));
		}
	}

	@Override
	public void cancel() {
		inwards(this::cancelUpstream);
	}

	public final void cancelUpstream() {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			subscription.cancel();
		}
	}

}
