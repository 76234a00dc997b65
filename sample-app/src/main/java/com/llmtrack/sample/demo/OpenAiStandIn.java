// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Stands in for OpenAI's chat completions, blocking and streaming, with and without
 * tools. Knows models whose name starts with {@code gpt-}, and fails for others as OpenAI
 * does: a message that contains {@code simulate HTTP 503} gets that status, and one with
 * {@code simulate a slow model} gets its answer slowly.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI API, chat
 * completions</a>
 */
final class OpenAiStandIn {

	private static final Pattern SIMULATED_STATUS = Pattern.compile("simulate HTTP ([45]\\d\\d)");

	private static final String SIMULATED_SLOWNESS = "simulate a slow model";

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
		String messages = body.path("messages").toString();
		Matcher simulated = SIMULATED_STATUS.matcher(messages);
		if (simulated.find()) {
			return error(Integer.parseInt(simulated.group(1)), "simulated", "As you wish.");
		}
		Pace pace = messages.contains(SIMULATED_SLOWNESS) ? Pace.SLOW : Pace.USUAL;
		Completion completion = new Completion(body, this.json);
		return body.path("stream").asBoolean(false) ? stream(completion, pace, body) : whole(completion, pace);
	}

	private Mono<ServerResponse> whole(Completion completion, Pace pace) {
		return Mono.delay(pace.firstToken)
			.then(ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(this.json.writeValueAsString(completion.whole())));
	}

	private Mono<ServerResponse> stream(Completion completion, Pace pace, JsonNode body) {
		boolean includeUsage = body.path("stream_options").path("include_usage").asBoolean(false);
		Flux<String> chunks = Flux.fromIterable(completion.chunks(includeUsage))
			.map(this.json::writeValueAsString)
			.concatWithValues("[DONE]");
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.body(chunks.delayElements(pace.chunk).delaySubscription(pace.firstToken), String.class);
	}

	private Mono<ServerResponse> error(int status, String code, String message) {
		Map<String, Object> error = Map.of("message", message, "type", "invalid_request_error", "code", code);
		return ServerResponse.status(HttpStatusCode.valueOf(status))
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(this.json.writeValueAsString(Map.of("error", error)));
	}

	/**
	 * The pace of the model.
	 */
	private enum Pace {

		USUAL(Duration.ofMillis(120), Duration.ofMillis(20)),

		SLOW(Duration.ofSeconds(2), Duration.ofMillis(250));

		private final Duration firstToken;

		private final Duration chunk;

		Pace(Duration firstToken, Duration chunk) {
			this.firstToken = firstToken;
			this.chunk = chunk;
		}

	}

}
