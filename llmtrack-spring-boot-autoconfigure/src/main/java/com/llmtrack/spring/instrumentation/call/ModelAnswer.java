// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.instrumentation.usage.TokenUsages;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * What a model answered in one call: the usage and the model's name, of all chunks if it
 * is a stream, and the objects by which the answer is recognized. Written to by one
 * thread at a time, as the signals of a stream come one after the other; read by any.
 */
final class ModelAnswer {

	private volatile LlmTokenUsage usage = LlmTokenUsage.UNKNOWN;

	private volatile ReportedCounts counts = ReportedCounts.NONE;

	private volatile @Nullable String model;

	private volatile @Nullable Object first;

	private volatile @Nullable Object last;

	private volatile List<Supplier<? extends @Nullable Object>> pending = List.of();

	/**
	 * Return what an answer reports, without its content.
	 */
	static ModelAnswer countsOf(Object answer) {
		ModelAnswer counts = new ModelAnswer();
		counts.read(answer);
		counts.forgetContent();
		return counts;
	}

	/**
	 * Read the answer, or a chunk of it.
	 */
	void read(Object answer) {
		if (this.first == null) {
			this.first = answer;
		}
		this.last = answer;
		if (answer instanceof ChatResponse response && response.getMetadata() != null) {
			Usage usage = response.getMetadata().getUsage();
			read(TokenUsages.of(usage), usage, response.getMetadata().getModel());
		}
		else if (answer instanceof EmbeddingResponse response && response.getMetadata() != null) {
			Usage usage = response.getMetadata().getUsage();
			read(TokenUsages.ofEmbedding(usage), usage, response.getMetadata().getModel());
		}
	}

	private void read(LlmTokenUsage reported, @Nullable Usage reportedUsage, @Nullable String reportedModel) {
		if (reported != LlmTokenUsage.UNKNOWN) {
			this.usage = TokenUsages.max(this.usage, reported);
			this.counts = this.counts.max(ReportedCounts.of(reportedUsage));
		}
		if (reportedModel != null && !reportedModel.isBlank()) {
			this.model = reportedModel;
		}
	}

	/**
	 * Read an answer when it is there, which is known when the call ends.
	 */
	void readLater(Supplier<? extends @Nullable Object> answer) {
		this.pending = this.pending.isEmpty() ? List.of(answer)
				: Stream.concat(this.pending.stream(), Stream.of(answer)).toList();
	}

	/**
	 * Return what is to be read later.
	 */
	List<Supplier<? extends @Nullable Object>> pending() {
		return this.pending;
	}

	void forgetContent() {
		this.pending = List.of();
		this.first = null;
		this.last = null;
	}

	LlmTokenUsage usage() {
		return this.usage;
	}

	ReportedCounts counts() {
		return this.counts;
	}

	/**
	 * Return the model that answered, or {@code null} as long as none was named.
	 */
	@Nullable String model() {
		return this.model;
	}

	/**
	 * Return the answer, or its first chunk.
	 */
	@Nullable Object first() {
		return this.first;
	}

	/**
	 * Return the answer, or its last chunk.
	 */
	@Nullable Object last() {
		return this.last;
	}

}
