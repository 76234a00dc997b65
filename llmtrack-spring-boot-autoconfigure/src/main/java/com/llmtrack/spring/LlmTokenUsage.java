// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Token counts of one model request. No count is negative, and each is {@code null} where
 * the provider did not report it. Immutable; two instances are equal if all of their
 * counts and their accounting are.
 * <p>
 * A {@link #total()} that is less than its parts contradicts them, so it is unknown.
 * <p>
 * The details ({@link #cachedInput()}, {@link #cacheWrite()} and {@link #reasoning()})
 * are kept only together with their {@link #accounting()}, because neither has a meaning
 * without the other.
 *
 * @since 0.1.0
 */
public final class LlmTokenUsage {

	/**
	 * A usage without counts.
	 */
	public static final LlmTokenUsage UNKNOWN = builder().build();

	private final @Nullable Long prompt;

	private final @Nullable Long completion;

	private final @Nullable Long total;

	private final @Nullable Long cachedInput;

	private final @Nullable Long cacheWrite;

	private final @Nullable Long reasoning;

	private final @Nullable LlmTokenAccounting accounting;

	private LlmTokenUsage(Builder builder) {
		this.prompt = builder.prompt;
		this.completion = builder.completion;
		this.total = builder.hasPossibleTotal() ? builder.total : null;
		boolean detailed = builder.accounting != null
				&& (builder.cachedInput != null || builder.cacheWrite != null || builder.reasoning != null);
		this.cachedInput = detailed ? builder.cachedInput : null;
		this.cacheWrite = detailed ? builder.cacheWrite : null;
		this.reasoning = detailed ? builder.reasoning : null;
		this.accounting = detailed ? builder.accounting : null;
	}

	/**
	 * Create a usage without details.
	 * @param prompt the tokens in the prompt, or {@code null} if unknown
	 * @param completion the tokens in the completion, or {@code null} if unknown
	 * @param total all tokens, or {@code null} if unknown; kept only if it is at least
	 * the sum of the others
	 * @return the usage
	 * @throws IllegalArgumentException if a count is negative
	 */
	public static LlmTokenUsage of(@Nullable Long prompt, @Nullable Long completion, @Nullable Long total) {
		return builder().prompt(prompt).completion(completion).total(total).build();
	}

	/**
	 * Create a builder without counts.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Create a builder with the counts of this usage, to change some of them.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return builder().prompt(this.prompt)
			.completion(this.completion)
			.total(this.total)
			.cachedInput(this.cachedInput)
			.cacheWrite(this.cacheWrite)
			.reasoning(this.reasoning)
			.accounting(this.accounting);
	}

	/**
	 * Return the tokens in the prompt. Whether they include cached tokens depends on the
	 * {@link #accounting()}.
	 * @return the tokens, or {@code null} if unknown
	 */
	public @Nullable Long prompt() {
		return this.prompt;
	}

	/**
	 * Return the tokens in the completion. Whether they include reasoning tokens depends
	 * on the {@link #accounting()}.
	 * @return the tokens, or {@code null} if unknown
	 */
	public @Nullable Long completion() {
		return this.completion;
	}

	/**
	 * Return all tokens, as the provider counts them.
	 * @return the tokens, or {@code null} if unknown or less than prompt and completion
	 */
	public @Nullable Long total() {
		return this.total;
	}

	/**
	 * Return the input tokens that were read from the provider's cache.
	 * @return the tokens, or {@code null} if unknown
	 */
	public @Nullable Long cachedInput() {
		return this.cachedInput;
	}

	/**
	 * Return the input tokens that were written to the provider's cache.
	 * @return the tokens, or {@code null} if unknown
	 */
	public @Nullable Long cacheWrite() {
		return this.cacheWrite;
	}

	/**
	 * Return the tokens that the model spent on reasoning.
	 * @return the tokens, or {@code null} if unknown
	 */
	public @Nullable Long reasoning() {
		return this.reasoning;
	}

	/**
	 * Return whether the details are part of the prompt and the completion.
	 * @return the accounting, or {@code null} if there are no details
	 */
	public @Nullable LlmTokenAccounting accounting() {
		return this.accounting;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LlmTokenUsage usage && Objects.equals(this.prompt, usage.prompt)
				&& Objects.equals(this.completion, usage.completion) && Objects.equals(this.total, usage.total)
				&& Objects.equals(this.cachedInput, usage.cachedInput)
				&& Objects.equals(this.cacheWrite, usage.cacheWrite) && Objects.equals(this.reasoning, usage.reasoning)
				&& this.accounting == usage.accounting;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.prompt, this.completion, this.total, this.cachedInput, this.cacheWrite, this.reasoning,
				this.accounting);
	}

	@Override
	public String toString() {
		return "LlmTokenUsage[prompt=" + this.prompt + ", completion=" + this.completion + ", total=" + this.total
				+ ", cachedInput=" + this.cachedInput + ", cacheWrite=" + this.cacheWrite + ", reasoning="
				+ this.reasoning + ", accounting=" + this.accounting + "]";
	}

	/**
	 * Builds a usage. A count that is not set is unknown. Each method throws an
	 * {@link IllegalArgumentException} for a negative count. Not thread-safe.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private @Nullable Long prompt;

		private @Nullable Long completion;

		private @Nullable Long total;

		private @Nullable Long cachedInput;

		private @Nullable Long cacheWrite;

		private @Nullable Long reasoning;

		private @Nullable LlmTokenAccounting accounting;

		private Builder() {
		}

		/**
		 * Set the tokens in the prompt.
		 * @param tokens the tokens, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder prompt(@Nullable Long tokens) {
			this.prompt = notNegative(tokens);
			return this;
		}

		/**
		 * Set the tokens in the completion.
		 * @param tokens the tokens, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder completion(@Nullable Long tokens) {
			this.completion = notNegative(tokens);
			return this;
		}

		/**
		 * Set the number of all tokens. Kept only if it is at least the sum of prompt and
		 * completion.
		 * @param tokens the tokens, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder total(@Nullable Long tokens) {
			this.total = notNegative(tokens);
			return this;
		}

		/**
		 * Set the input tokens that were read from a cache. Kept only with an
		 * {@link #accounting(LlmTokenAccounting) accounting}.
		 * @param tokens the tokens, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder cachedInput(@Nullable Long tokens) {
			this.cachedInput = notNegative(tokens);
			return this;
		}

		/**
		 * Set the input tokens that were written to a cache. Kept only with an
		 * {@link #accounting(LlmTokenAccounting) accounting}.
		 * @param tokens the tokens, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder cacheWrite(@Nullable Long tokens) {
			this.cacheWrite = notNegative(tokens);
			return this;
		}

		/**
		 * Set the tokens that the model spent on reasoning. Kept only with an
		 * {@link #accounting(LlmTokenAccounting) accounting}.
		 * @param tokens the tokens, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder reasoning(@Nullable Long tokens) {
			this.reasoning = notNegative(tokens);
			return this;
		}

		/**
		 * Set whether the details are part of the prompt and the completion.
		 * @param accounting the accounting, or {@code null} to drop the details
		 * @return this builder
		 */
		public Builder accounting(@Nullable LlmTokenAccounting accounting) {
			this.accounting = accounting;
			return this;
		}

		/**
		 * Build the usage.
		 * @return the usage
		 */
		public LlmTokenUsage build() {
			return new LlmTokenUsage(this);
		}

		private boolean hasPossibleTotal() {
			return this.total == null || this.total - orZero(this.prompt) >= orZero(this.completion);
		}

		private static long orZero(@Nullable Long tokens) {
			return (tokens != null) ? tokens : 0;
		}

		private static @Nullable Long notNegative(@Nullable Long tokens) {
			InvalidUsageEventException.throwUnless(tokens == null || tokens >= 0,
					"A number of tokens must not be negative");
			return tokens;
		}

	}

}
