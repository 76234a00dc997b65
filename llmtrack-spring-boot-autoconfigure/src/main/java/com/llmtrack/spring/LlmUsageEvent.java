// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The usage of one model request. Immutable, without prompts, completions or other
 * content.
 * <p>
 * In names, white space is collapsed and trimmed, and names that are too long are
 * truncated. Token counts are {@code null} where the provider reported none.
 *
 * @since 0.1.0
 * @see <a href="https://llm-track.com">LLMtrack, request body schema</a>
 */
public final class LlmUsageEvent {

	/**
	 * An unknown provider or model.
	 */
	public static final String UNKNOWN = "unknown";

	private static final int MAX_ENVIRONMENT_LENGTH = 100;

	private final String provider;

	private final String model;

	private final LlmTokenUsage tokens;

	private final @Nullable Duration latency;

	private final @Nullable Duration timeToFirstToken;

	private final LlmRequestStatus status;

	private final @Nullable String feature;

	private final @Nullable String environment;

	private final @Nullable LlmCustomer customer;

	private final @Nullable BigDecimal cost;

	private final Map<String, Object> metadata;

	private final @Nullable String idempotencyKey;

	LlmUsageEvent(LlmUsageEventBuilder builder) {
		this.provider = orUnknown(EventName.of(builder.provider));
		this.model = orUnknown(EventName.of(builder.model));
		this.tokens = builder.tokens;
		this.latency = builder.latency;
		this.timeToFirstToken = builder.timeToFirstToken;
		this.status = builder.status;
		this.feature = EventName.of(builder.feature);
		this.environment = EventName.of(builder.environment, MAX_ENVIRONMENT_LENGTH);
		this.customer = builder.customer;
		this.cost = builder.cost;
		this.metadata = EventMetadata.fitting(builder.metadata, this.feature);
		this.idempotencyKey = builder.idempotencyKey;
	}

	private static String orUnknown(@Nullable String name) {
		return (name != null) ? name : UNKNOWN;
	}

	/**
	 * Create a builder.
	 * @return a builder without any value; status {@code SUCCESS}
	 */
	public static LlmUsageEventBuilder builder() {
		return new LlmUsageEventBuilder();
	}

	/**
	 * Return the provider in LLMtrack's spelling, such as {@code openai}.
	 * @return the provider, or {@value #UNKNOWN}
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * Return the model named in the answer or else the requested one.
	 * @return the model, or {@value #UNKNOWN}
	 */
	public String model() {
		return this.model;
	}

	/**
	 * Return the token counts that the provider reported.
	 * @return the token counts, never {@code null} though possibly unknown
	 */
	public LlmTokenUsage tokens() {
		return this.tokens;
	}

	/**
	 * Return the time from the request to its end; for a stream, to its last signal.
	 * @return the time that the request took, never negative, or {@code null} if unknown,
	 * as only a request that was recorded by hand may have it
	 */
	public @Nullable Duration latency() {
		return this.latency;
	}

	/**
	 * Return the time from the request to the first chunk of its stream.
	 * @return the time, or {@code null} if the request was not a stream, no chunk came,
	 * or nobody saw it
	 */
	public @Nullable Duration timeToFirstToken() {
		return this.timeToFirstToken;
	}

	/**
	 * Return how the request ended.
	 * @return the status
	 */
	public LlmRequestStatus status() {
		return this.status;
	}

	/**
	 * Return the feature that made the request.
	 * @return the feature, or {@code null} if there was none
	 */
	public @Nullable String feature() {
		return this.feature;
	}

	/**
	 * Return the environment in which the request was made.
	 * @return the environment, or {@code null} to leave it to LLMtrack's default
	 */
	public @Nullable String environment() {
		return this.environment;
	}

	/**
	 * Return the customer that the request was made for.
	 * @return the customer, or {@code null} if nobody said
	 */
	public @Nullable LlmCustomer customer() {
		return this.customer;
	}

	/**
	 * Return the cost of the request in US dollars, as calculated by the application.
	 * @return the cost, or {@code null} to leave it to LLMtrack
	 */
	public @Nullable BigDecimal cost() {
		return this.cost;
	}

	/**
	 * Return the entries of the event's metadata, without the feature.
	 * @return the metadata, unmodifiable and often empty
	 */
	public Map<String, Object> metadata() {
		return this.metadata;
	}

	/**
	 * Return the key by which LLMtrack recognizes an event that it has already.
	 * @return the key that the application chose, or {@code null} to leave it to delivery
	 */
	public @Nullable String idempotencyKey() {
		return this.idempotencyKey;
	}

	/**
	 * Create a builder with the values of this event.
	 * @return a builder with all values of this event
	 */
	public LlmUsageEventBuilder toBuilder() {
		LlmUsageEventBuilder builder = new LlmUsageEventBuilder().provider(this.provider)
			.model(this.model)
			.tokens(this.tokens)
			.latency(this.latency)
			.timeToFirstToken(this.timeToFirstToken)
			.status(this.status)
			.feature(this.feature)
			.environment(this.environment)
			.customer(this.customer)
			.cost(this.cost)
			.idempotencyKey(this.idempotencyKey);
		// Already checked and copied
		builder.metadata = this.metadata;
		return builder;
	}

	@Override
	public String toString() {
		return "LlmUsageEvent[feature=%s, provider=%s, model=%s, tokens=%s+%s=%s, latency=%s, status=%s]".formatted(
				this.feature, this.provider, this.model, this.tokens.prompt(), this.tokens.completion(),
				this.tokens.total(), (this.latency != null) ? this.latency.toMillis() + "ms" : null, this.status);
	}

}
