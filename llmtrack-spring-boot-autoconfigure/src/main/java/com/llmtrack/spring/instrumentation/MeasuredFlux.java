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

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A model's stream, measured once per subscription, since each subscription is a request
 * of its own. Adds no thread, no buffer and no demand; passes every signal on unchanged.
 */
final class MeasuredFlux<T> extends FluxOperator<T, T> {

	private final ModelCallTracker tracker;

	private final @Nullable Prompt prompt;

	private final @Nullable Object target;

	private final @Nullable String assemblyFeature = LlmFeatureContext.current();

	MeasuredFlux(Flux<? extends T> source, ModelCallTracker tracker, @Nullable Prompt prompt, @Nullable Object target) {
		super(source);
		this.tracker = tracker;
		this.prompt = prompt;
		this.target = target;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		ModelCall call = this.tracker.begin(actual.currentContext(), this.assemblyFeature);
		try {
			MeasuringSubscriber subscriber = new MeasuringSubscriber(actual, call);
			subscriber.inwards(() -> this.source.subscribe(subscriber));
		}
		catch (Throwable ex) {
			fail(call, ex);
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

	private void end(ModelCall call, LlmRequestStatus status) {
		this.tracker.end(call, status, this.prompt, this.target);
	}

	private void fail(ModelCall call, Throwable failure) {
		this.tracker.fail(call, failure, this.prompt, this.target);
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
			if (item instanceof ChatResponse response) {
				MeasuredFlux.this.tracker.observe(this.call, response);
			}
			super.onNext(item);
		}

		@Override
		public void onError(Throwable ex) {
			fail(this.call, ex);
			super.onError(ex);
		}

		@Override
		public void onComplete() {
			end(this.call, LlmRequestStatus.SUCCESS);
			super.onComplete();
		}

		@Override
		public void cancel() {
			try {
				cancelUpstream();
			}
			finally {
				end(this.call, LlmRequestStatus.CANCELLED);
			}
		}

	}

}
