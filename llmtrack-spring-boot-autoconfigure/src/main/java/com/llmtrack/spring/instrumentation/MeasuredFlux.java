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
import com.llmtrack.spring.LlmRequestStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

import org.springframework.ai.model.ModelRequest;

/**
 * A model's stream, measured once per subscription, since each subscription is a request
 * of its own. Adds no thread, no buffer and no demand; passes every signal on unchanged.
 */
final class MeasuredFlux<T> extends FluxOperator<T, T> {

	private final ModelCallTracker tracker;

	private final CalledModel model;

	private final @Nullable ModelRequest<?> request;

	private final @Nullable String assemblyFeature = LlmFeatureContext.current();

	MeasuredFlux(Flux<? extends T> source, ModelCallTracker tracker, CalledModel model,
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
			MeasuringSubscriber subscriber = new MeasuringSubscriber(actual, call);
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

	private final class MeasuringSubscriber extends BoundarySubscriber<T> {

		private final ModelCall call;

		MeasuringSubscriber(CoreSubscriber<? super T> actual, ModelCall call) {
			super(actual, ModelCall.class, call);
			this.call = call;
		}

		@Override
		void inwards(Runnable signal) {
			inside(this.call, signal);
		}

		@Override
		void outwards(Runnable signal) {
			inside(null, signal);
		}

		@Override
		public void onNext(T item) {
			MeasuredFlux.this.tracker.observe(this.call, item);
			super.onNext(item);
		}

		@Override
		public void onError(Throwable ex) {
			MeasuredFlux.this.tracker.fail(this.call, ex);
			super.onError(ex);
		}

		@Override
		public void onComplete() {
			MeasuredFlux.this.tracker.end(this.call, LlmRequestStatus.SUCCESS);
			super.onComplete();
		}

		@Override
		public void cancel() {
			// First of all, as a provider's client may answer the cancellation with an
			// error
			MeasuredFlux.this.tracker.cancel(this.call);
			cancelUpstream();
		}

	}

}
