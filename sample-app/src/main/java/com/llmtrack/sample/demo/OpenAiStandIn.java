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

package com.llmtrack.sample.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Stands in for OpenAI's chat completions, blocking and streaming. Knows models whose
 * name starts with {@code gpt-}, and fails for others as OpenAI does; a message that
 * contains {@code simulate HTTP 503} gets that status.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI API, chat
 * completions</a>
 */
final class OpenAiStandIn {

	private static final Duration TIME_TO_FIRST_TOKEN = Duration.ofMillis(120);

	private static final Duration TIME_PER_CHUNK = Duration.ofMillis(15);

	private static final Pattern SIMULATED_STATUS = Pattern.compile("simulate HTTP ([45]\\d\\d)");

	private static final int CHARACTERS_PER_TOKEN = 4;

	private static final int TOKENS_PER_MESSAGE = 4;

	private final String apiKey;

	private final JsonMapper json;

	OpenAiStandIn(String apiKey, JsonMapper json) {
		this.apiKey = apiKey;
		this.json = json;
	}

	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().POST("/v1/chat/completions", this::complete).build();
	}

	private Mono<ServerResponse> complete(ServerRequest request) {
		return request.bodyToMono(String.class).flatMap((body) -> answer(request, this.json.readTree(body)));
	}

	private Mono<ServerResponse> answer(ServerRequest request, JsonNode body) {
		if (!("Bearer " + this.apiKey).equals(request.headers().firstHeader(HttpHeaders.AUTHORIZATION))) {
			return error(401, "invalid_api_key", "Incorrect API key provided.");
		}
		String model = body.path("model").asString("");
		if (!model.startsWith("gpt-")) {
			return error(404, "model_not_found", "The model `" + model + "` does not exist.");
		}
		Matcher simulated = SIMULATED_STATUS.matcher(body.path("messages").toString());
		if (simulated.find()) {
			return error(Integer.parseInt(simulated.group(1)), "simulated", "As you wish.");
		}
		Completion completion = new Completion(body);
		return body.path("stream").asBoolean(false) ? stream(completion, body) : whole(completion);
	}

	private Mono<ServerResponse> whole(Completion completion) {
		return Mono.delay(TIME_TO_FIRST_TOKEN)
			.then(ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(this.json.writeValueAsString(completion.whole())));
	}

	private Mono<ServerResponse> stream(Completion completion, JsonNode body) {
		boolean includeUsage = body.path("stream_options").path("include_usage").asBoolean(false);
		Flux<String> chunks = Flux.fromIterable(completion.chunks(includeUsage))
			.map(this.json::writeValueAsString)
			.concatWithValues("[DONE]");
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.body(chunks.delayElements(TIME_PER_CHUNK).delaySubscription(TIME_TO_FIRST_TOKEN), String.class);
	}

	private Mono<ServerResponse> error(int status, String code, String message) {
		Map<String, Object> error = Map.of("message", message, "type", "invalid_request_error", "code", code);
		return ServerResponse.status(HttpStatusCode.valueOf(status))
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(this.json.writeValueAsString(Map.of("error", error)));
	}

	/**
	 * One answer of the model, with a plausible number of tokens: about one for four
	 * characters, and some for each message.
	 */
	private final class Completion {

		private final String id = "chatcmpl-" + UUID.randomUUID();

		private final long created = Instant.now().getEpochSecond();

		private final String model;

		private final String text;

		private final int promptTokens;

		Completion(JsonNode request) {
			this.model = request.path("model").asString() + "-2024-07-18";
			String prompt = "";
			int tokens = 3;
			for (JsonNode message : request.path("messages")) {
				prompt = message.path("content").asString("");
				tokens += TOKENS_PER_MESSAGE + prompt.length() / CHARACTERS_PER_TOKEN;
			}
			this.promptTokens = tokens;
			this.text = "This is what a model could say about \"" + prompt + "\", were there one behind this stand-in.";
		}

		ObjectNode whole() {
			ObjectNode completion = envelope("chat.completion");
			ObjectNode choice = completion.putArray("choices").addObject();
			choice.put("index", 0).put("finish_reason", "stop");
			choice.putObject("message").put("role", "assistant").put("content", this.text);
			return completion.set("usage", usage());
		}

		List<ObjectNode> chunks(boolean includeUsage) {
			List<ObjectNode> chunks = new ArrayList<>();
			for (String word : this.text.split("(?<= )")) {
				chunks.add(chunk(word, null));
			}
			chunks.add(chunk("", "stop"));
			if (includeUsage) {
				ObjectNode last = envelope("chat.completion.chunk");
				last.putArray("choices");
				chunks.add(last.set("usage", usage()));
			}
			return chunks;
		}

		private ObjectNode chunk(String content, @Nullable String finishReason) {
			ObjectNode chunk = envelope("chat.completion.chunk");
			ObjectNode choice = chunk.putArray("choices").addObject();
			choice.put("index", 0).put("finish_reason", finishReason);
			choice.putObject("delta").put("role", "assistant").put("content", content);
			return chunk;
		}

		private ObjectNode envelope(String type) {
			return OpenAiStandIn.this.json.createObjectNode()
				.put("id", this.id)
				.put("object", type)
				.put("created", this.created)
				.put("model", this.model);
		}

		private ObjectNode usage() {
			int completionTokens = Math.max(1, this.text.length() / CHARACTERS_PER_TOKEN);
			return OpenAiStandIn.this.json.createObjectNode()
				.put("prompt_tokens", this.promptTokens)
				.put("completion_tokens", completionTokens)
				.put("total_tokens", this.promptTokens + completionTokens);
		}

	}

}
