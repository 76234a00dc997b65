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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import com.llmtrack.spring.delivery.Answer;
import com.llmtrack.spring.delivery.PendingEvent;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * LLMtrack's ingest endpoint. Uses a WebClient of its own: one built from the
 * application's would take over filters, load balancing and tracing that are not meant
 * for LLMtrack.
 */
final class IngestClient {

	private static final byte[] NO_BODY = {};

	private static final int MAX_BODY_SIZE = 64 * 1024;

	private final HttpConnection connection;

	private final WebClient webClient;

	private final URI url;

	private final Duration requestTimeout;

	private final boolean extendedFields;

	private final JsonMapper json = JsonMapper.builder().build();

	private final AnswerReader answerReader;

	IngestClient(TransportSettings settings, HttpConnection connection) {
		this.connection = connection;
		this.url = settings.ingestUrl();
		this.requestTimeout = settings.requestTimeout();
		this.extendedFields = settings.extendedFields();
		this.answerReader = new AnswerReader(this.json, InstantSource.system(), settings.apiKey());
		this.webClient = WebClient.builder()
			.clientConnector(connection.connector())
			.defaultHeader(HttpHeaders.USER_AGENT, "llmtrack-spring-boot/" + version())
			.defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
			.defaultHeaders((headers) -> settings.authScheme().apply(headers, settings.apiKey()))
			.build();
	}

	private static String version() {
		try (InputStream stream = IngestClient.class.getResourceAsStream("version.properties")) {
			Properties properties = new Properties();
			if (stream != null) {
				properties.load(stream);
			}
			return properties.getProperty("version", "unknown");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	CompletableFuture<Answer> send(PendingEvent event) {
		byte[] body;
		try {
			body = this.json.writeValueAsBytes(IngestRequest.of(event.event(), this.extendedFields));
		}
		catch (RuntimeException ex) {
			// The event is at fault, and would be the next time
			return CompletableFuture.completedFuture(new Answer.Rejected(ex.getClass().getSimpleName()));
		}
		return Mono.defer(() -> exchange(event.idempotencyKey(), body))
			.timeout(this.requestTimeout)
			.onErrorResume((failure) -> Mono.just(new Answer.Unavailable(describe(failure), null)))
			.toFuture();
	}

	private Mono<Answer> exchange(String idempotencyKey, byte[] body) {
		return this.webClient.post()
			.uri(this.url)
			.contentType(MediaType.APPLICATION_JSON)
			.header("Idempotency-Key", idempotencyKey)
			.bodyValue(body)
			.exchangeToMono(this::read);
	}

	private Mono<Answer> read(ClientResponse response) {
		int status = response.statusCode().value();
		String retryAfter = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
		// Not by its content type, which may be any nonsense that a proxy makes up
		return response.body((message, context) -> DataBufferUtils.join(message.getBody(), MAX_BODY_SIZE))
			.map(IngestClient::bytes)
			// Too large for one of LLMtrack's answers: the status says enough
			.onErrorReturn(DataBufferLimitException.class, NO_BODY)
			.defaultIfEmpty(NO_BODY)
			.map((body) -> this.answerReader.read(status, retryAfter, body));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private String describe(Throwable failure) {
		if (failure instanceof TimeoutException) {
			return "no answer within " + this.requestTimeout.toMillis() + " ms";
		}
		Throwable cause = (failure instanceof WebClientRequestException && failure.getCause() != null)
				? failure.getCause() : failure;
		return cause.getClass().getSimpleName() + " from " + this.url.getAuthority();
	}

	void close() {
		this.connection.close();
	}

}
