// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestRecording;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A request that is recorded by hand, and refers to the application until it is.
 */
final class RequestRecording implements LlmRequestRecording {

	/** Not set in an application that has ended. */
	private final AtomicReference<@Nullable RequestOrigin> origin;

	private final CalledModel provider;

	private final @Nullable String requestedModel;

	private final @Nullable RequestClock clock;

	/** What the application says, checked like that of any event. */
	private final LlmUsageEventBuilder said = LlmUsageEvent.builder();

	private @Nullable String answeringModel;

	private LlmContext context;

	private @Nullable Duration latency;

	/**
	 * Begin a request.
	 * @param origin where it began, or {@code null} to record nothing
	 * @param provider the provider
	 * @param model the requested model
	 * @param clock takes its time, or {@code null} if it has ended before
	 */
	RequestRecording(@Nullable RequestOrigin origin, @Nullable String provider, @Nullable String model,
			@Nullable RequestClock clock) {
		this.origin = new AtomicReference<>(origin);
		this.provider = new CalledModel(null, null, provider);
		this.requestedModel = model;
		this.clock = clock;
		this.context = (origin != null) ? origin.context() : LlmContext.current();
	}

	@Override
	public LlmRequestRecording model(@Nullable String model) {
		this.answeringModel = model;
		return this;
	}

	@Override
	public LlmRequestRecording tokens(long prompt, long completion) {
		return tokens(LlmTokenUsage.of(prompt, completion, prompt + completion));
	}

	@Override
	public LlmRequestRecording tokens(LlmTokenUsage tokens) {
		this.said.tokens(tokens);
		return this;
	}

	@Override
	public LlmRequestRecording firstToken() {
		if (this.clock != null) {
			this.clock.tokenReceived();
		}
		return this;
	}

	@Override
	public LlmRequestRecording latency(Duration latency) {
		this.said.latency(latency);
		this.latency = latency;
		return this;
	}

	@Override
	public LlmRequestRecording status(LlmRequestStatus status) {
		this.said.status(status);
		return this;
	}

	@Override
	public LlmRequestRecording failed(Throwable failure) {
		return status(CallEnd.byFailure(failure).status());
	}

	@Override
	public LlmRequestRecording feature(@Nullable String feature) {
		this.context = this.context.andFeature(feature);
		return this;
	}

	@Override
	public LlmRequestRecording customer(@Nullable LlmCustomer customer) {
		this.context = (customer != null) ? this.context.with(customer) : this.context.andCustomer(null);
		return this;
	}

	@Override
	public LlmRequestRecording environment(@Nullable String environment) {
		this.said.environment(environment);
		return this;
	}

	@Override
	public LlmRequestRecording metadata(Map<String, ?> metadata) {
		// The size is checked when an event is built
		this.said.metadata(LlmUsageEvent.builder().metadata(metadata).build().metadata());
		return this;
	}

	@Override
	public LlmRequestRecording idempotencyKey(@Nullable String idempotencyKey) {
		this.said.idempotencyKey(idempotencyKey);
		return this;
	}

	@Override
	public void record() {
		RequestOrigin origin = this.origin.getAndSet(null);
		if (origin != null) {
			if (this.clock != null) {
				this.clock.describe(this.said, System.nanoTime());
			}
			if (this.latency != null) {
				this.said.latency(this.latency);
			}
			origin.record(new Recorded(this.provider, this.requestedModel, this.answeringModel, this.context,
					origin.traceId(), this.said.build(), origin.contributor()));
		}
	}

	/**
	 * What was said about a request when it was recorded.
	 */
	private record Recorded(CalledModel model, @Nullable String requestedModel, @Nullable String answeringModel,
			LlmContext context, @Nullable String traceId, LlmUsageEvent said,
			@Nullable ContributorCall origin) implements EndedRequest {

		@Override
		public Map<String, Object> metadata() {
			return this.said.metadata();
		}

		@Override
		public void describe(LlmUsageEventBuilder event) {
			event.tokens(this.said.tokens())
				.latency(this.said.latency())
				.timeToFirstToken(this.said.timeToFirstToken())
				.status(this.said.status())
				.idempotencyKey(this.said.idempotencyKey());
			if (this.said.environment() != null) {
				event.environment(this.said.environment());
			}
		}

	}

}
