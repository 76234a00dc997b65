// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.instrumentation.usage.TokenUsages;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;

/**
 * Token counts as a model reported them, by which an answer is recognized that was made
 * anew: it has the same counts, but not the details from which events have better ones.
 * Zero if unknown.
 */
record ReportedCounts(int prompt, int completion, int total) {

	static final ReportedCounts NONE = new ReportedCounts(0, 0, 0);

	static ReportedCounts of(@Nullable Usage usage) {
		return (usage != null) ? new ReportedCounts(orZero(usage.getPromptTokens()),
				orZero(usage.getCompletionTokens()), orZero(usage.getTotalTokens())) : NONE;
	}

	private static int orZero(@Nullable Integer tokens) {
		return (tokens != null) ? tokens : 0;
	}

	boolean isKnown() {
		return this.prompt > 0 || this.completion > 0 || this.total > 0;
	}

	ReportedCounts plus(ReportedCounts other) {
		return new ReportedCounts(this.prompt + other.prompt, this.completion + other.completion,
				this.total + other.total);
	}

	/**
	 * Return what was reported beyond earlier counts, which these include, or
	 * {@link #NONE} if they don't.
	 */
	ReportedCounts minus(ReportedCounts earlier) {
		return (this.prompt >= earlier.prompt && this.completion >= earlier.completion && this.total >= earlier.total)
				? new ReportedCounts(this.prompt - earlier.prompt, this.completion - earlier.completion,
						this.total - earlier.total)
				: NONE;
	}

	/**
	 * Return the counts as tokens, without details.
	 */
	LlmTokenUsage toUsage() {
		return TokenUsages.of(new DefaultUsage(this.prompt, this.completion, this.total));
	}

	ReportedCounts max(ReportedCounts other) {
		return new ReportedCounts(Math.max(this.prompt, other.prompt), Math.max(this.completion, other.completion),
				Math.max(this.total, other.total));
	}

	/**
	 * Return whether an answer with other counts may be this one.
	 * @param other the counts
	 * @param partly whether that answer was not read to its end, so that it may have less
	 */
	boolean cover(ReportedCounts other, boolean partly) {
		if (other.completion == 0 && other.total == 0) {
			return cover(this.prompt, other.prompt, partly);
		}
		return (other.prompt == 0 || cover(this.prompt, other.prompt, partly))
				&& (cover(this.completion, other.completion, partly) || cover(this.total, other.total, partly));
	}

	private static boolean cover(int count, int other, boolean partly) {
		return other > 0 && (other == count || (partly && other < count));
	}

}
