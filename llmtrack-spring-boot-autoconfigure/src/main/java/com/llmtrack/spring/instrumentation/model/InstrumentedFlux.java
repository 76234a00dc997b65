// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.CallScope;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.StreamAssembly;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * An instrumented stream of a model. Each subscription is a request of its own, and ends
 * at once with an error if a budget refuses that. Adds no thread, no buffer and no
 * demand; passes every signal on unchanged.
 */
final class InstrumentedFlux<T> extends FluxOperator<T, T> {

	private final ModelCalls calls;

	private final StreamAssembly assembly;

	InstrumentedFlux(Flux<? extends T> source, ModelCalls calls, StreamAssembly assembly) {
		super(source);
		this.calls = calls;
		this.assembly = assembly;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		ModelCall call = this.calls.begin(this.assembly, actual.currentContext());
		RuntimeException refusal = this.calls.refusal(call);
		if (refusal != null) {
			Operators.error(actual, refusal);
			return;
		}
		try (CallScope scope = call.enter()) {
			this.source.subscribe(new InstrumentedSubscriber<>(actual, call));
		}
		catch (Throwable ex) {
			UnsentRequests.fail(call, ex);
			throw ex;
		}
	}

	/**
	 * Observes the chunks and the end. A signal is inside the call while it travels
	 * upstream, since a stream may be made from a blocking call of another model, which
	 * runs on the thread of the signal; it has left the call while it travels downstream.
	 */
	private static final class InstrumentedSubscriber<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final ModelCall call;

		private final Context context;

		private @Nullable Subscription upstream;

		InstrumentedSubscriber(CoreSubscriber<? super T> actual, ModelCall call) {
			this.actual = actual;
			this.call = call;
			this.context = actual.currentContext().put(ModelCall.class, call);
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			try (CallScope scope = ModelCall.leave()) {
				this.actual.onSubscribe(this);
			}
		}

		@Override
		public void onNext(T item) {
			this.call.observeChunk(item);
			try (CallScope scope = ModelCall.leave()) {
				this.actual.onNext(item);
			}
		}

		@Override
		public void onError(Throwable ex) {
			UnsentRequests.fail(this.call, ex);
			try (CallScope scope = ModelCall.leave()) {
				this.actual.onError(ex);
			}
		}

		@Override
		public void onComplete() {
			this.call.complete();
			try (CallScope scope = ModelCall.leave()) {
				this.actual.onComplete();
			}
		}

		@Override
		public void request(long demand) {
			Subscription subscription = this.upstream;
			if (subscription != null) {
				try (CallScope scope = this.call.enter()) {
					subscription.request(demand);
				}
			}
		}

		@Override
		public void cancel() {
			// First of all, as a provider's client may answer the cancellation with an
			// error
			this.call.cancel();
			Subscription subscription = this.upstream;
			if (subscription != null) {
				subscription.cancel();
			}
		}

	}

}
