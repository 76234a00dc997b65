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
abstract class BoundarySubscriber<T> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super T> actual;

	private final Context context;

	private @Nullable Subscription upstream;

	/**
	 * Create a boundary.
	 * @param actual whoever subscribed
	 * @param key key of what the inner chain finds in its Reactor context
	 * @param value what it finds there
	 */
	BoundarySubscriber(CoreSubscriber<? super T> actual, Object key, Object value) {
		this.actual = actual;
		this.context = actual.currentContext().put(key, value);
	}

	abstract void inwards(Runnable signal);

	abstract void outwards(Runnable signal);

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

	final void cancelUpstream() {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			subscription.cancel();
		}
	}

}
