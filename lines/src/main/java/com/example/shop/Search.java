// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmFeature;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.stereotype.Service;

/**
 * An embedding model. Its requests are recorded because of
 * {@code llmtrack.instrumentation.embeddings}.
 */
@Service
class Search {

	private final EmbeddingModel embeddingModel;

	Search(EmbeddingModel embeddingModel) {
		this.embeddingModel = embeddingModel;
	}

	@LlmFeature("search")
	float[] vector(String text) {
		return this.embeddingModel.embed(text);
	}

}
