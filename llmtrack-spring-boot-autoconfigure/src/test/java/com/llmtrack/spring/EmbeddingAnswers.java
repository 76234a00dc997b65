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
final class EmbeddingAnswers {

	private EmbeddingAnswers() {
	}

	static ResponseDefinitionBuilder openAi() {
		return WireMock.okJson("""
				{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,0.2]},
				{"object":"embedding","index":1,"embedding":[0.3,0.4]},
				{"object":"embedding","index":2,"embedding":[0.5,0.6]}],
				"model":"text-embedding-3-small","usage":{"prompt_tokens":5,"total_tokens":5}}
				""");
	}

	static ResponseDefinitionBuilder ollama() {
		return WireMock.okJson("""
				{"model":"my-embedding","embeddings":[[0.1,0.2],[0.3,0.4],[0.5,0.6]],"total_duration":5,
				"load_duration":1,"prompt_eval_count":5}
				""");
	}

	/**
	 * The answer of a model of the application's own.
	 */
	static EmbeddingResponse response(int tokens) {
		return new EmbeddingResponse(List.of(new Embedding(new float[] { 0.5f }, 0)),
				new EmbeddingResponseMetadata("own", new DefaultUsage(tokens, 0)));
	}

}
