// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link LlmUsageEvent}. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class LlmUsageEventBuilder {

	private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7E]{1,200}");

	// 1E-999999999 written in full would fill the memory
	private static final int MAX_DIGITS = 100;

	@Nullable String provider;

	@Nullable String model;

	LlmTokenUsage tokens = LlmTokenUsage.UNKNOWN;

	@Nullable Duration latency;

	@Nullable Duration timeToFirstToken;

	LlmRequestStatus status = LlmRequestStatus.SUCCESS;

	@Nullable String feature;

	@Nullable String environment;

	@Nullable LlmCustomer customer;

	@Nullable BigDecimal cost;

	Map<String, Object> metadata = Map.of();

	@Nullable String idempotencyKey;

	LlmUsageEventBuilder() {
	}

	/**
	 * Set the provider in LLMtrack's spelling.
	 * @param provider the provider, or {@code null} if unknown
	 * @return this builder
	 */
	public LlmUsageEventBuilder provider(@Nullable String provider) {
		this.provider = provider;
		return this;
	}

	/**
	 * Set the model.
	 * @param model the model, or {@code null} if unknown
	 * @return this builder
	 */
	public LlmUsageEventBuilder model(@Nullable String model) {
		this.model = model;
		return this;
	}

	/**
	 * Set the token counts, without details.
	 * @param prompt tokens in the prompt, not negative, or {@code null} if unknown
	 * @param completion tokens in the completion, not negative, or {@code null} if
	 * unknown
	 * @param total tokens altogether, not negative, or {@code null} if unknown
	 * @return this builder
	 */
	public LlmUsageEventBuilder tokens(@Nullable Long prompt, @Nullable Long completion, @Nullable Long total) {
		return tokens(LlmTokenUsage.of(prompt, completion, total));
	}

	/**
	 * Set the token counts with their details.
	 * @param tokens the token counts
	 * @return this builder
	 */
	public LlmUsageEventBuilder tokens(LlmTokenUsage tokens) {
		InvalidUsageEventException.throwUnless(tokens != null, "'tokens' must not be null");
		this.tokens = tokens;
		return this;
	}

	/**
	 * Set the time that the request took.
	 * @param latency the time, not negative, or {@code null} if unknown
	 * @return this builder
	 */
	public LlmUsageEventBuilder latency(@Nullable Duration latency) {
		InvalidUsageEventException.throwUnless(latency == null || !latency.isNegative(),
				"'latency' must not be negative");
		this.latency = latency;
		return this;
	}

	/**
	 * Set the time to the first chunk of a stream.
	 * @param timeToFirstToken the time, not negative, or {@code null} if unknown
	 * @return this builder
	 */
	public LlmUsageEventBuilder timeToFirstToken(@Nullable Duration timeToFirstToken) {
		InvalidUsageEventException.throwUnless(timeToFirstToken == null || !timeToFirstToken.isNegative(),
				"'timeToFirstToken' must not be negative");
		this.timeToFirstToken = timeToFirstToken;
		return this;
	}

	/**
	 * Set how the request ended.
	 * @param status the status
	 * @return this builder
	 */
	public LlmUsageEventBuilder status(LlmRequestStatus status) {
		InvalidUsageEventException.throwUnless(status != null, "'status' must not be null");
		this.status = status;
		return this;
	}

	/**
	 * Set the feature that made the request.
	 * @param feature the feature, or {@code null} for none
	 * @return this builder
	 */
	public LlmUsageEventBuilder feature(@Nullable String feature) {
		this.feature = feature;
		return this;
	}

	/**
	 * Set the environment in which the request was made.
	 * @param environment the environment, or {@code null} for LLMtrack's default
	 * @return this builder
	 */
	public LlmUsageEventBuilder environment(@Nullable String environment) {
		this.environment = environment;
		return this;
	}

	/**
	 * Set the customer that the request was made for.
	 * @param customer the customer, or {@code null} for nobody
	 * @return this builder
	 */
	public LlmUsageEventBuilder customer(@Nullable LlmCustomer customer) {
		this.customer = customer;
		return this;
	}

	/**
	 * Set the cost of the request.
	 * @param cost the cost in US dollars, not negative, or {@code null} to leave it to
	 * LLMtrack
	 * @return this builder
	 */
	public LlmUsageEventBuilder cost(@Nullable BigDecimal cost) {
		InvalidUsageEventException.throwUnless(cost == null || cost.signum() >= 0, "'cost' must not be negative");
		InvalidUsageEventException.throwUnless(
				cost == null || (Math.abs((long) cost.scale()) <= MAX_DIGITS && cost.precision() <= MAX_DIGITS),
				"'cost' must not have more than " + MAX_DIGITS + " digits");
		this.cost = cost;
		return this;
	}

	/**
	 * Set the entries of the event's metadata, which replace all earlier ones. Entries
	 * without a value are omitted. The feature cannot be an entry.
	 * @param metadata texts, numbers, truth values and maps of such, no lists
	 * @return this builder
	 * @throws InvalidUsageEventException if LLMtrack would not accept the metadata
	 */
	public LlmUsageEventBuilder metadata(Map<String, ?> metadata) {
		this.metadata = EventMetadata.copyOf(metadata);
		return this;
	}

	/**
	 * Set the key by which LLMtrack recognizes an event that it has already: it counts
	 * the first of several with the same key.
	 * @param idempotencyKey 1 to 200 visible ASCII characters without spaces, or
	 * {@code null} to leave it to delivery, which gives each event a key of its own
	 * @return this builder
	 */
	public LlmUsageEventBuilder idempotencyKey(@Nullable String idempotencyKey) {
		InvalidUsageEventException.throwUnless(
				idempotencyKey == null || IDEMPOTENCY_KEY.matcher(idempotencyKey).matches(),
				"'idempotencyKey' must have 1 to 200 visible ASCII characters, and no spaces");
		this.idempotencyKey = idempotencyKey;
		return this;
	}

	/**
	 * Build the event.
	 * @return the event
	 * @throws InvalidUsageEventException if the metadata and the feature together are
	 * more than the 8,192 bytes of JSON that LLMtrack accepts
	 */
	public LlmUsageEvent build() {
		return new LlmUsageEvent(this);
	}

}
