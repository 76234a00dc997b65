// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * What embedding models answer: three embeddings for five tokens.
 */
public final class EmbeddingAnswers {

	private EmbeddingAnswers() {
	}

	public static ResponseDefinitionBuilder openAi() {
		return WireMock.okJson("""
				{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,0.2]},
				{"object":"embedding","index":1,"embedding":[0.3,0.4]},
				{"object":"embedding","index":2,"embedding":[0.5,0.6]}],
				"model":"text-embedding-3-small","usage":{"prompt_tokens":5,"total_tokens":5}}
				""");
	}

	public static ResponseDefinitionBuilder ollama() {
		return WireMock.okJson("""
				{"model":"my-embedding","embeddings":[[0.1,0.2],[0.3,0.4],[0.5,0.6]],"total_duration":5,
				"load_duration":1,"prompt_eval_count":5}
				""");
	}

	/**
	 * The answer of a model of the application's own.
	 */
	public static EmbeddingResponse response(int tokens) {
		return new EmbeddingResponse(List.of(new Embedding(new float[] { 0.5f }, 0)),
				new EmbeddingResponseMetadata("own", new DefaultUsage(tokens, 0)));
	}

}
