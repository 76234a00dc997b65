// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Runs the chain upstream of it under a context and passes every signal on unchanged. The
 * context is in the Reactor context of that chain. It is also on the thread while a
 * signal travels upstream, because blocking calls and Spring AI's observations read it
 * there. Items often arrive within that call. While they are passed on, the thread has
 * its outer context again, so that the subscriber's own requests are not recorded under
 * this one.
 */
final class ContextSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private static final ThreadLocal<@Nullable Crossing> CROSSING = new ThreadLocal<>();

	private final CoreSubscriber<? super T> actual;

	private final LlmContext context;

	private final Context reactorContext;

	private @Nullable Subscription upstream;

	ContextSubscriber(CoreSubscriber<? super T> actual, LlmContext context) {
		this.actual = actual;
		this.context = context.within(LlmContext.of(actual.currentContext()));
		this.reactorContext = this.context.writeTo(actual.currentContext());
	}

	void subscribeTo(Publisher<? extends T> source) {
		upstream(() -> source.subscribe(this));
	}

	@Override
	public Context currentContext() {
		return this.reactorContext;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		downstream(() -> this.actual.onSubscribe(this));
	}

	@Override
	public void onNext(T item) {
		downstream(() -> this.actual.onNext(item));
	}

	@Override
	public void onError(Throwable ex) {
		downstream(() -> this.actual.onError(ex));
	}

	@Override
	public void onComplete() {
		downstream(this.actual::onComplete);
	}

	@Override
	public void request(long demand) {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			upstream(() -> subscription.request(demand));
		}
	}

	@Override
	public void cancel() {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			upstream(subscription::cancel);
		}
	}

	private void upstream(Runnable signal) {
		Crossing outer = CROSSING.get();
		CROSSING.set(new Crossing(this, LlmContext.current(), outer));
		try (LlmContextScope scope = this.context.open()) {
			signal.run();
		}
		finally {
			set(outer);
		}
	}

	private void downstream(Runnable signal) {
		Crossing crossing = CROSSING.get();
		if (crossing == null || crossing.subscriber() != this) {
			signal.run();
			return;
		}
		set(crossing.outer());
		try (LlmContextScope scope = LlmContextScope.open(crossing.outerContext())) {
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
	 * A signal that travels upstream on the current thread.
	 *
	 * @param subscriber the subscriber that it passes
	 * @param outerContext the context of the thread outside of the subscriber
	 * @param outer the crossing within which it takes place, if any
	 */
	private record Crossing(ContextSubscriber<?> subscriber, LlmContext outerContext, @Nullable Crossing outer) {
	}

}
