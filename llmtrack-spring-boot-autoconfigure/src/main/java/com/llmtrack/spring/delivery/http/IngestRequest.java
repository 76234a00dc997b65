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

package com.llmtrack.spring.delivery.http;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to LLMtrack's ingest endpoint. What LLMtrack documents as nullable is
 * always there; what it knows a default for is left out if there is no value.
 *
 * @see <a href="https://llm-track.com">LLMtrack, request body schema</a>
 */
@JsonPropertyOrder({ "provider", "model", "prompt_tokens", "completion_tokens", "total_tokens", "latency_ms", "status",
		"environment", "metadata" })
record IngestRequest(@JsonProperty("provider") String provider, @JsonProperty("model") String model,
		@JsonProperty("prompt_tokens") @Nullable Long promptTokens,
		@JsonProperty("completion_tokens") @Nullable Long completionTokens,
		@JsonProperty("total_tokens") @Nullable Long totalTokens, @JsonProperty("latency_ms") long latencyMillis,
		@JsonProperty("status") String status,
		@JsonProperty("environment") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String environment,
		@JsonProperty("metadata") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Metadata metadata) {

	static IngestRequest of(LlmUsageEvent event) {
		String feature = event.getFeature();
		return new IngestRequest(event.getProvider(), event.getModel(), event.getPromptTokens(),
				event.getCompletionTokens(), event.getTotalTokens(), event.getLatency().toMillis(),
				event.getStatus().name().toLowerCase(Locale.ROOT), event.getEnvironment(),
				(feature != null) ? new Metadata(feature) : null);
	}

	record Metadata(@JsonProperty("feature") String feature) {
	}

}
