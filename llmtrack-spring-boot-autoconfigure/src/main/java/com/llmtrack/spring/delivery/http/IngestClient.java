// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTrackVersion;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.OutgoingEvent;
import com.llmtrack.spring.json.Json;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Client of LLMtrack's ingest endpoint, with a WebClient of its own: one built from the
 * application's would inherit filters, load balancing and tracing that are not meant for
 * LLMtrack.
 * <p>
 * <b>Threads:</b> safe for any; never blocks. <b>Failures:</b> every exchange ends within
 * the request time-out, with a result. <b>Shutdown:</b> exchanges in progress when the
 * client is closed end with a result, too.
 */
final class IngestClient {

	static final int MAX_BODY_SIZE = 64 * 1024;

	private static final String OURS = "HTTP client";

	private static final byte[] NO_BODY = {};

	private final TransportSettings settings;

	private final HttpConnection connection;

	private final WebClient webClient;

	private final RequestTimer timer = new RequestTimer();

	private final URI url;

	private final EventCodec codec;

	private final Json json = Json.get();

	private volatile @Nullable Disposable closing;

	private IngestClient(TransportSettings settings, HttpConnection connection, WebClient webClient) {
		this.settings = settings;
		this.connection = connection;
		this.webClient = webClient;
		this.url = settings.ingestUrl();
		this.codec = new JsonEventCodec(this.json, settings.extendedFields());
	}

	/**
	 * Create a client. Nothing is left open if that fails, which it does with a
	 * {@link LinkageError} only if a library is missing or does not fit.
	 * @param settings where and how events are sent
	 * @param connectionFactory creates the connection, which is closed with the client
	 * @param customizers change the WebClient, one after the other
	 */
	static IngestClient create(TransportSettings settings,
			Function<TransportSettings, HttpConnection> connectionFactory,
			Supplier<Stream<LlmTrackWebClientCustomizer>> customizers) throws ClientSetupException {
		AtomicReference<@Nullable HttpConnection> connection = new AtomicReference<>();
		String culprit = OURS;
		try {
			WebClient.Builder builder = WebClient.builder()
				.clientConnector((method, uri, requestCallback) -> Objects.requireNonNull(connection.get())
					.connector()
					.connect(method, uri, requestCallback))
				.defaultHeader(HttpHeaders.USER_AGENT, "llmtrack-spring-boot/" + LlmTrackVersion.get())
				.defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
			culprit = LlmTrackWebClientCustomizer.class.getSimpleName();
			for (LlmTrackWebClientCustomizer customizer : customizers.get().toList()) {
				culprit = customizer.getClass().getName();
				customizer.customize(builder);
			}
			culprit = OURS;
			WebClient webClient = builder.build();
			// Last, as it starts threads
			HttpConnection opened = connectionFactory.apply(settings);
			connection.set(opened);
			return new IngestClient(settings, opened, webClient);
		}
		catch (Throwable ex) {
			if (ex instanceof LinkageError failure && culprit.equals(OURS)) {
				throw failure;
			}
			throw new ClientSetupException(culprit, ex);
		}
	}

	CompletableFuture<DeliveryResult> send(OutgoingEvent event) {
		byte[] body;
		try {
			body = this.codec.encode(event.event());
		}
		catch (RuntimeException ex) {
			// Encoding it again would fail again
			return CompletableFuture.completedFuture(new DeliveryResult.Rejected(
					NestedExceptionUtils.getMostSpecificCause(ex).getClass().getSimpleName()));
		}
		try {
			String apiKey = this.settings.apiKey().get();
			if (apiKey == null) {
				return CompletableFuture
					.completedFuture(new DeliveryResult.KeyRefused("there is no key that may be sent"));
			}
			return send(Mono.defer(() -> exchange(event.idempotencyKey(), apiKey, body)));
		}
		catch (Throwable ex) {
			// Such as a filter that fails to link, which Reactor considers fatal
			return CompletableFuture.completedFuture(unavailable(ex));
		}
	}

	/**
	 * Make an exchange, and give it up after the time-out.
	 */
	private CompletableFuture<DeliveryResult> send(Mono<DeliveryResult> exchange) {
		CompletableFuture<DeliveryResult> result = new CompletableFuture<>();
		Disposable.Swap running = Disposables.swap();
		Disposable timeout = this.timer.scheduler().schedule(() -> {
			result.complete(unavailable(new TimeoutException()));
			cancel(running);
		}, this.settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
		running.update(exchange.subscribe(result::complete, (failure) -> result.complete(unavailable(failure))));
		return result.whenComplete((answer, failure) -> timeout.dispose());
	}

	private static void cancel(Disposable exchange) {
		try {
			exchange.dispose();
		}
		catch (RuntimeException ex) {
			// Reactor Netty can't do it any more when it is being closed
		}
	}

	private Mono<DeliveryResult> exchange(String idempotencyKey, String apiKey, byte[] body) {
		ResponseReader reader = new ResponseReader(this.json, InstantSource.system(), apiKey);
		return this.webClient.post()
			.uri(this.url)
			.contentType(MediaType.APPLICATION_JSON)
			.headers((headers) -> this.settings.authScheme().apply(headers, apiKey))
			.header("Idempotency-Key", idempotencyKey)
			.bodyValue(body)
			.exchangeToMono((response) -> read(response, reader));
	}

	private static Mono<DeliveryResult> read(ClientResponse response, ResponseReader reader) {
		int status = response.statusCode().value();
		String retryAfter = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
		// Whatever the content type, as proxies invent invalid ones
		return response.body((message, context) -> DataBufferUtils.join(message.getBody(), MAX_BODY_SIZE))
			.map(IngestClient::bytes)
			// Too large to be a response of LLMtrack: the status is enough
			.onErrorReturn(DataBufferLimitException.class, NO_BODY)
			.defaultIfEmpty(NO_BODY)
			.map((body) -> read(status, retryAfter, body, reader));
	}

	private static DeliveryResult read(int status, @Nullable String retryAfter, byte[] body, ResponseReader reader) {
		try {
			return reader.read(status, retryAfter, body);
		}
		catch (LinkageError ex) {
			// Reactor considers it fatal, so that the exchange would never end
			return DeliveryResult.Impossible.of(ex);
		}
	}

	static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private DeliveryResult unavailable(Throwable failure) {
		if (failure instanceof TimeoutException) {
			return new DeliveryResult.Unavailable(
					"no answer within " + this.settings.requestTimeout().toMillis() + " ms", null);
		}
		Throwable cause = (failure instanceof WebClientRequestException && failure.getCause() != null)
				? failure.getCause() : failure;
		return new DeliveryResult.Unavailable(ConnectionProblem.of(cause, this.url.getAuthority()), null);
	}

	/**
	 * Close as soon as all exchanges in progress must have ended.
	 * @param closed called afterwards
	 */
	void closeLater(Runnable closed) {
		// Some more, as an exchange may be about to begin
		Duration delay = this.settings.requestTimeout().plusSeconds(1);
		this.closing = this.timer.scheduler().schedule(() -> {
			close();
			closed.run();
		}, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	void close() {
		Disposable closing = this.closing;
		if (closing != null) {
			closing.dispose();
		}
		this.timer.close();
		this.connection.close();
	}

}
