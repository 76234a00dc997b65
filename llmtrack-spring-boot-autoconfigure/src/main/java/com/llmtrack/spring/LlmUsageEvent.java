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

package com.llmtrack.spring;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What one model request used. Immutable; holds no prompt, no completion and no other
 * content.
 * <p>
 * Names are kept as LLMtrack accepts them: white space is collapsed and trimmed, and what
 * exceeds the permitted length is cut. Token counts are {@code null} where the provider
 * reported none.
 *
 * @since 0.1.0
 * @see <a href="https://llm-track.com">LLMtrack, request body schema</a>
 */
public final class LlmUsageEvent {

	/**
	 * Provider or model that nothing names.
	 */
	public static final String UNKNOWN = "unknown";

	private static final int MAX_ENVIRONMENT_LENGTH = 100;

	private final String provider;

	private final String model;

	private final LlmTokenUsage tokens;

	private final Duration latency;

	private final LlmRequestStatus status;

	private final @Nullable String feature;

	private final @Nullable String environment;

	private LlmUsageEvent(Builder builder) {
		this.provider = orUnknown(EventName.of(builder.provider));
		this.model = orUnknown(EventName.of(builder.model));
		this.tokens = builder.tokens;
		this.latency = builder.latency;
		this.status = builder.status;
		this.feature = EventName.of(builder.feature);
		this.environment = EventName.of(builder.environment, MAX_ENVIRONMENT_LENGTH);
	}

	private static String orUnknown(@Nullable String name) {
		return (name != null) ? name : UNKNOWN;
	}

	/**
	 * Start an event.
	 * @return a builder without any value; status {@code SUCCESS}, latency zero
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the provider in LLMtrack's spelling, such as {@code openai}.
	 * @return the provider, or {@value #UNKNOWN}
	 */
	public String getProvider() {
		return this.provider;
	}

	/**
	 * Return the model as the provider named it in its answer, else as it was requested.
	 * @return the model, or {@value #UNKNOWN}
	 */
	public String getModel() {
		return this.model;
	}

	/**
	 * Return all that the provider reported about tokens.
	 * @return the token counts, never {@code null} though possibly unknown
	 */
	public LlmTokenUsage getTokens() {
		return this.tokens;
	}

	/**
	 * Return the number of tokens in the prompt.
	 * @return the number of tokens, or {@code null} if the provider reported none
	 */
	public @Nullable Long getPromptTokens() {
		return this.tokens.prompt();
	}

	/**
	 * Return the number of tokens in the completion.
	 * @return the number of tokens, or {@code null} if the provider reported none
	 */
	public @Nullable Long getCompletionTokens() {
		return this.tokens.completion();
	}

	/**
	 * Return the number of tokens altogether.
	 * @return the number of tokens, or {@code null} if the provider reported none
	 */
	public @Nullable Long getTotalTokens() {
		return this.tokens.total();
	}

	/**
	 * Return the time from the request to its end; for a stream, to its last signal.
	 * @return the time that the request took, never negative
	 */
	public Duration getLatency() {
		return this.latency;
	}

	/**
	 * Return how the request ended.
	 * @return the status
	 */
	public LlmRequestStatus getStatus() {
		return this.status;
	}

	/**
	 * Return the feature on whose behalf the request was made.
	 * @return the feature, or {@code null} if there was none
	 */
	public @Nullable String getFeature() {
		return this.feature;
	}

	/**
	 * Return the environment in which the request was made.
	 * @return the environment, or {@code null} to leave it to LLMtrack's default
	 */
	public @Nullable String getEnvironment() {
		return this.environment;
	}

	@Override
	public String toString() {
		return "LlmUsageEvent[feature=%s, provider=%s, model=%s, tokens=%s+%s=%s, latency=%dms, status=%s]".formatted(
				this.feature, this.provider, this.model, this.tokens.prompt(), this.tokens.completion(),
				this.tokens.total(), this.latency.toMillis(), this.status);
	}

	/**
	 * Builds an event.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private @Nullable String provider;

		private @Nullable String model;

		private LlmTokenUsage tokens = LlmTokenUsage.UNKNOWN;

		private Duration latency = Duration.ZERO;

		private LlmRequestStatus status = LlmRequestStatus.SUCCESS;

		private @Nullable String feature;

		private @Nullable String environment;

		private Builder() {
		}

		/**
		 * Set the provider in LLMtrack's spelling.
		 * @param provider the provider, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder provider(@Nullable String provider) {
			this.provider = provider;
			return this;
		}

		/**
		 * Set the model.
		 * @param model the model, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder model(@Nullable String model) {
			this.model = model;
			return this;
		}

		/**
		 * Set the token counts, without any details of them.
		 * @param prompt tokens in the prompt, not negative, or {@code null} if unknown
		 * @param completion tokens in the completion, not negative, or {@code null} if
		 * unknown
		 * @param total tokens altogether, not negative, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder tokens(@Nullable Long prompt, @Nullable Long completion, @Nullable Long total) {
			return tokens(new LlmTokenUsage(prompt, completion, total));
		}

		/**
		 * Set the token counts with their details.
		 * @param tokens the token counts
		 * @return this builder
		 */
		public Builder tokens(LlmTokenUsage tokens) {
			Assert.notNull(tokens, "'tokens' must not be null");
			this.tokens = tokens;
			return this;
		}

		/**
		 * Set the time that the request took.
		 * @param latency the time, not negative
		 * @return this builder
		 */
		public Builder latency(Duration latency) {
			Assert.notNull(latency, "'latency' must not be null");
			Assert.isTrue(!latency.isNegative(), "'latency' must not be negative");
			this.latency = latency;
			return this;
		}

		/**
		 * Set how the request ended.
		 * @param status the status
		 * @return this builder
		 */
		public Builder status(LlmRequestStatus status) {
			Assert.notNull(status, "'status' must not be null");
			this.status = status;
			return this;
		}

		/**
		 * Set the feature on whose behalf the request was made.
		 * @param feature the feature, or {@code null} for none
		 * @return this builder
		 */
		public Builder feature(@Nullable String feature) {
			this.feature = feature;
			return this;
		}

		/**
		 * Set the environment in which the request was made.
		 * @param environment the environment, or {@code null} for LLMtrack's default
		 * @return this builder
		 */
		public Builder environment(@Nullable String environment) {
			this.environment = environment;
			return this;
		}

		/**
		 * Build the event.
		 * @return the event
		 */
		public LlmUsageEvent build() {
			return new LlmUsageEvent(this);
		}

	}

}
