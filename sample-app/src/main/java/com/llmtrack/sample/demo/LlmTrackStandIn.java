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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Stands in for LLMtrack's ingest endpoint: checks key, headers and body, logs what it
 * received, and answers as LLMtrack's documentation says. {@code PUT /answer/402} makes
 * it give another answer (400, 401, 402 or 500) from then on, {@code PUT /answer/201}
 * goes back to normal.
 *
 * @see <a href="https://llm-track.com">LLMtrack, documentation</a>
 */
public final class LlmTrackStandIn {

	private static final Logger logger = LoggerFactory.getLogger(LlmTrackStandIn.class);

	private static final Map<Integer, String> ERRORS = Map.of(400, "Invalid payload", 401, "Invalid API key", 402,
			"Free plan quota exceeded", 500, "Internal server error");

	private final String apiKey;

	private final JsonMapper json;

	private final Schema eventSchema = readEventSchema();

	private final List<JsonNode> received = new CopyOnWriteArrayList<>();

	private final Set<String> idempotencyKeys = ConcurrentHashMap.newKeySet();

	private final AtomicInteger answer = new AtomicInteger(201);

	LlmTrackStandIn(String apiKey, JsonMapper json) {
		this.apiKey = apiKey;
		this.json = json;
	}

	private static Schema readEventSchema() {
		try (InputStream schema = LlmTrackStandIn.class.getResourceAsStream("/demo/event.schema.json")) {
			return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
				.getSchema(schema, InputFormat.JSON);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the bodies of the events that were accepted, in the order of their arrival.
	 */
	public List<JsonNode> received() {
		return this.received;
	}

	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.POST("/api/ingest", this::ingest)
			.PUT("/answer/{status}", this::changeAnswer)
			.build();
	}

	private Mono<ServerResponse> changeAnswer(ServerRequest request) {
		int status = Integer.parseInt(request.pathVariable("status"));
		if (status != 201 && !ERRORS.containsKey(status)) {
			return error(400, "Choose one of 201, 400, 401, 402, 500");
		}
		this.answer.set(status);
		return ServerResponse.ok().bodyValue("From now on the answer is " + status + System.lineSeparator());
	}

	private Mono<ServerResponse> ingest(ServerRequest request) {
		String problemWithKey = problemWithKey(request.headers());
		if (problemWithKey != null) {
			return error(401, problemWithKey);
		}
		int status = this.answer.get();
		if (status != 201) {
			logger.info("LLMtrack stand-in: answered {} as told", status);
			return error(status, String.valueOf(ERRORS.get(status)));
		}
		return request.bodyToMono(String.class)
			.defaultIfEmpty("")
			.flatMap((body) -> accept(request.headers().asHttpHeaders(), body));
	}

	private @Nullable String problemWithKey(ServerRequest.Headers headers) {
		String authorization = headers.firstHeader(HttpHeaders.AUTHORIZATION);
		String key = (authorization != null) ? authorization.replaceFirst("^Bearer ", "")
				: headers.firstHeader("x-api-key");
		if (!StringUtils.hasText(key)) {
			return "Missing API key";
		}
		return key.equals(this.apiKey) ? null : "Invalid API key";
	}

	private Mono<ServerResponse> accept(HttpHeaders headers, String body) {
		String problem = problemWith(headers.getContentType(), body);
		if (problem != null) {
			logger.warn("LLMtrack stand-in: refused {}: {}", body, problem);
			return error(400, "Invalid payload: " + problem);
		}
		String idempotencyKey = headers.getFirst("Idempotency-Key");
		if (idempotencyKey != null && !this.idempotencyKeys.add(idempotencyKey)) {
			return answer(200, Map.of("ok", true, "duplicate", true));
		}
		JsonNode event = this.json.readTree(body);
		this.received.add(event);
		logger.info("LLMtrack stand-in: received {}", body);
		return answer(201, Map.of("ok", true, "consumption_source", "included"));
	}

	private @Nullable String problemWith(@Nullable MediaType contentType, String body) {
		if (!MediaType.APPLICATION_JSON.isCompatibleWith(contentType)) {
			return "Content-Type must be application/json";
		}
		try {
			List<Error> errors = this.eventSchema.validate(this.json.readTree(body));
			return errors.isEmpty() ? null : errors.toString();
		}
		catch (JacksonException ex) {
			return "no JSON";
		}
	}

	private Mono<ServerResponse> error(int status, String message) {
		return answer(status, Map.of("error", message));
	}

	private Mono<ServerResponse> answer(int status, Map<String, Object> body) {
		return ServerResponse.status(HttpStatusCode.valueOf(status))
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(this.json.writeValueAsString(body));
	}

}
