// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.instrumentation.usage.TokenUsages;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * What a model answered to one call, whole or in chunks. Chunks come from different
 * threads, though one after the other.
 */
final class ObservedAnswer {

	private volatile LlmTokenUsage usage = LlmTokenUsage.UNKNOWN;

	private volatile @Nullable String model;

	private volatile @Nullable Object first;

	private volatile @Nullable Object last;

	/**
	 * Take usage and model from an answer, or from a chunk of one.
	 */
	void add(Object answer) {
		if (this.first == null) {
			this.first = answer;
		}
		this.last = answer;
		if (answer instanceof ChatResponse response && response.getMetadata() != null) {
			add(TokenUsages.of(response.getMetadata().getUsage()), response.getMetadata().getModel());
		}
		else if (answer instanceof EmbeddingResponse response && response.getMetadata() != null) {
			add(TokenUsages.ofEmbedding(response.getMetadata().getUsage()), response.getMetadata().getModel());
		}
	}

	private void add(LlmTokenUsage reported, @Nullable String reportedModel) {
		if (reported != LlmTokenUsage.UNKNOWN) {
			this.usage = TokenUsages.max(this.usage, reported);
		}
		if (reportedModel != null && !reportedModel.isBlank()) {
			this.model = reportedModel;
		}
	}

	/**
	 * Forget the content, of which only usage and model are needed later.
	 */
	void forgetContent() {
		this.first = null;
		this.last = null;
	}

	LlmTokenUsage usage() {
		return this.usage;
	}

	/**
	 * Return the model that answered, or {@code null} as long as none was named.
	 */
	@Nullable String model() {
		return this.model;
	}

	/**
	 * Return the answer, or the first chunk of it.
	 */
	@Nullable Object first() {
		return this.first;
	}

	/**
	 * Return the answer, or the last chunk of it.
	 */
	@Nullable Object last() {
		return this.last;
	}

}
