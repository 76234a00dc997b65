// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Body of a request to LLMtrack's ingest endpoint. Fields that LLMtrack documents as
 * nullable are always present; fields with a default are omitted without a value, as are
 * the extended fields, which LLMtrack accepts but does not document.
 *
 * @see <a href="https://llm-track.com">LLMtrack, request body schema</a>
 */
@JsonPropertyOrder({ "provider", "model", "prompt_tokens", "completion_tokens", "total_tokens", "reasoning_tokens",
		"cached_input_tokens", "cache_write_tokens", "cache_accounting", "cost", "latency_ms", "status", "customer_id",
		"customer_name", "environment", "metadata", "idempotency_key" })
record IngestRequest(@JsonProperty("provider") String provider, @JsonProperty("model") String model,
		@JsonProperty("prompt_tokens") @Nullable Long promptTokens,
		@JsonProperty("completion_tokens") @Nullable Long completionTokens,
		@JsonProperty("total_tokens") @Nullable Long totalTokens,
		@JsonProperty("reasoning_tokens") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reasoningTokens,
		@JsonProperty("cached_input_tokens") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long cachedInputTokens,
		@JsonProperty("cache_write_tokens") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long cacheWriteTokens,
		@JsonProperty("cache_accounting") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String cacheAccounting,
		@JsonProperty("cost") @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable String cost,
		@JsonProperty("latency_ms") @Nullable Long latencyMillis, @JsonProperty("status") String status,
		@JsonProperty("customer_id") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String customerId,
		@JsonProperty("customer_name") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String customerName,
		@JsonProperty("environment") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String environment,
		@JsonProperty("metadata") @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> metadata,
		@JsonProperty("idempotency_key") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String idempotencyKey) {

	/**
	 * Create the body for an event.
	 * @param event the event
	 * @param extendedFields whether to fill in fields that LLMtrack's documentation does
	 * not know
	 * @param withKey whether to add the event's own idempotency key, which is no part of
	 * the body that is sent
	 */
	static IngestRequest of(LlmUsageEvent event, boolean extendedFields, boolean withKey) {
		LlmTokenUsage tokens = event.tokens();
		LlmTokenUsage details = extendedFields ? tokens : LlmTokenUsage.UNKNOWN;
		LlmTokenAccounting accounting = details.accounting();
		Duration latency = event.latency();
		LlmCustomer customer = extendedFields ? event.customer() : null;
		return new IngestRequest(event.provider(), event.model(), tokens.prompt(), tokens.completion(), tokens.total(),
				details.reasoning(), details.cachedInput(), details.cacheWrite(),
				(accounting != null) ? name(accounting) : null, plain(event.cost()),
				(latency != null) ? latency.toMillis() : null, name(event.status()),
				(customer != null) ? customer.id() : null, (customer != null) ? customer.name() : null,
				extendedFields ? event.environment() : null, metadata(event), withKey ? event.idempotencyKey() : null);
	}

	/**
	 * Return the event.
	 * @throws IllegalArgumentException if it is not complete
	 */
	LlmUsageEvent toEvent() {
		Assert.hasText(this.provider, "No provider");
		Assert.hasText(this.model, "No model");
		Map<String, Object> metadata = new LinkedHashMap<>();
		if (this.metadata != null) {
			this.metadata.forEach((key, value) -> metadata.put(key, asRecorded(value)));
		}
		Object feature = metadata.remove("feature");
		return LlmUsageEvent.builder()
			.provider(this.provider)
			.model(this.model)
			.tokens(LlmTokenUsage.builder()
				.prompt(this.promptTokens)
				.completion(this.completionTokens)
				.total(this.totalTokens)
				.cachedInput(this.cachedInputTokens)
				.cacheWrite(this.cacheWriteTokens)
				.reasoning(this.reasoningTokens)
				.accounting((this.cacheAccounting != null) ? constant(LlmTokenAccounting.class, this.cacheAccounting)
						: null)
				.build())
			.latency((this.latencyMillis != null) ? Duration.ofMillis(this.latencyMillis) : null)
			.status(constant(LlmRequestStatus.class, this.status))
			.feature((feature != null) ? feature.toString() : null)
			.environment(this.environment)
			.customer((this.customerId != null) ? new LlmCustomer(this.customerId, this.customerName) : null)
			.cost((this.cost != null) ? new BigDecimal(this.cost) : null)
			.metadata(metadata)
			.idempotencyKey(this.idempotencyKey)
			.build();
	}

	/**
	 * Return a value of metadata as it was recorded: a {@code Double} may be encoded
	 * shorter than the {@code BigDecimal} that it is decoded as, and metadata may already
	 * have the maximum size.
	 */
	private static Object asRecorded(Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> copy = new LinkedHashMap<>();
			map.forEach((key, entry) -> copy.put(key, asRecorded(entry)));
			return copy;
		}
		if (value instanceof BigDecimal number) {
			double approximation = number.doubleValue();
			return (Double.isFinite(approximation) && BigDecimal.valueOf(approximation).equals(number)) ? approximation
					: number;
		}
		return value;
	}

	private static <E extends Enum<E>> E constant(Class<E> type, String name) {
		return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
	}

	/**
	 * Return an amount without an exponent, which not every reader accepts.
	 */
	private static @Nullable String plain(@Nullable BigDecimal amount) {
		return (amount != null) ? amount.toPlainString() : null;
	}

	private static String name(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static Map<String, Object> metadata(LlmUsageEvent event) {
		String feature = event.feature();
		if (feature == null) {
			return event.metadata();
		}
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("feature", feature);
		event.metadata().forEach(metadata::putIfAbsent);
		return metadata;
	}

}
