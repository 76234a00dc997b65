// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.instrumentation.call.CalledModel;
import com.llmtrack.spring.instrumentation.call.FeatureLookup;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCallTracker;
import com.llmtrack.spring.instrumentation.feature.BoundarySubscriber;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

import org.springframework.ai.model.ModelRequest;

/**
 * A model's stream, measured once per subscription, since each subscription is a request
 * of its own. Adds no thread, no buffer and no demand; passes every signal on unchanged.
 */
final class InstrumentedFlux<T> extends FluxOperator<T, T> {

	private final ModelCallTracker tracker;

	private final CalledModel model;

	private final @Nullable ModelRequest<?> request;

	private final @Nullable String assemblyFeature = FeatureLookup.ofScope();

	InstrumentedFlux(Flux<? extends T> source, ModelCallTracker tracker, CalledModel model,
			@Nullable ModelRequest<?> request) {
		super(source);
		this.tracker = tracker;
		this.model = model;
		this.request = request;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		ModelCall call = this.tracker.begin(this.model, this.request, actual.currentContext(), this.assemblyFeature);
		try {
			InstrumentedSubscriber subscriber = new InstrumentedSubscriber(actual, call);
			subscriber.inwards(() -> this.source.subscribe(subscriber));
		}
		catch (Throwable ex) {
			this.tracker.fail(call, ex);
			throw ex;
		}
	}

	/**
	 * Send a signal as part of a call, or of none if it leaves the model. A stream may be
	 * made from a blocking call of another model, which runs on the thread of the signal.
	 */
	private static void inside(@Nullable ModelCall call, Runnable signal) {
		ModelCall outer = ModelCallTracker.enter(call);
		try {
			signal.run();
		}
		finally {
			ModelCallTracker.enter(outer);
		}
	}

	private final class InstrumentedSubscriber extends BoundarySubscriber<T> {

		private final ModelCall call;

		InstrumentedSubscriber(CoreSubscriber<? super T> actual, ModelCall call) {
			super(actual, ModelCall.class, call);
			this.call = call;
		}

		@Override
		protected void inwards(Runnable signal) {
			inside(this.call, signal);
		}

		@Override
		protected void outwards(Runnable signal) {
			inside(null, signal);
		}

		@Override
		public void onNext(T item) {
			InstrumentedFlux.this.tracker.observe(this.call, item);
			super.onNext(item);
		}

		@Override
		public void onError(Throwable ex) {
			InstrumentedFlux.this.tracker.fail(this.call, ex);
			super.onError(ex);
		}

		@Override
		public void onComplete() {
			InstrumentedFlux.this.tracker.end(this.call, LlmRequestStatus.SUCCESS);
			super.onComplete();
		}

		@Override
		public void cancel() {
			// First of all, as a provider's client may answer the cancellation with an
			// error
			InstrumentedFlux.this.tracker.cancel(this.call);
			cancelUpstream();
		}

	}

}
