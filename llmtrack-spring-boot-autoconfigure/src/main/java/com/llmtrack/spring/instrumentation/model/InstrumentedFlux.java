// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.CalledModel;
import com.llmtrack.spring.instrumentation.call.FeatureLookup;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.feature.BoundarySubscriber;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

import org.springframework.ai.model.ModelRequest;

/**
 * An instrumented stream of a model. Each subscription is a request of its own. Adds no
 * thread, no buffer and no demand; passes every signal on unchanged.
 */
final class InstrumentedFlux<T> extends FluxOperator<T, T> {

	private final ModelCalls calls;

	private final CalledModel model;

	private final @Nullable ModelRequest<?> request;

	private final @Nullable String assemblyFeature = FeatureLookup.ofScope();

	InstrumentedFlux(Flux<? extends T> source, ModelCalls calls, CalledModel model, @Nullable ModelRequest<?> request) {
		super(source);
		this.calls = calls;
		this.model = model;
		this.request = request;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		ModelCall call = this.calls.begin(this.model, this.request, actual.currentContext(), this.assemblyFeature);
		try (ModelCall.Scope scope = call.enter()) {
			this.source.subscribe(new InstrumentedSubscriber<>(actual, call));
		}
		catch (Throwable ex) {
			call.fail(ex);
			throw ex;
		}
	}

	/**
	 * Observes the chunks and the end. A signal is inside the call while it travels
	 * towards the model, since a stream may be made from a blocking call of another
	 * model, which runs on the thread of the signal.
	 */
	private static final class InstrumentedSubscriber<T> extends BoundarySubscriber<T> {

		private final ModelCall call;

		InstrumentedSubscriber(CoreSubscriber<? super T> actual, ModelCall call) {
			super(actual, ModelCall.class, call);
			this.call = call;
		}

		@Override
		protected void inwards(Runnable signal) {
			try (ModelCall.Scope scope = this.call.enter()) {
				signal.run();
			}
		}

		@Override
		protected void outwards(Runnable signal) {
			try (ModelCall.Scope scope = ModelCall.leave()) {
				signal.run();
			}
		}

		@Override
		public void onNext(T item) {
			this.call.observe(item);
			super.onNext(item);
		}

		@Override
		public void onError(Throwable ex) {
			this.call.fail(ex);
			super.onError(ex);
		}

		@Override
		public void onComplete() {
			this.call.succeed();
			super.onComplete();
		}

		@Override
		public void cancel() {
			// First of all, as a provider's client may answer the cancellation with an
			// error
			this.call.cancel();
			cancelUpstream();
		}

	}

}
