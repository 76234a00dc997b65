// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTrackVersion;
import com.llmtrack.spring.LlmTrackWebClientCustomizer;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.OutgoingEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.Assert;
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

	static final int MAX_BODY_SIZE = 64 * 1024;

	private final HttpConnection connection;

	private final RequestTimer timer = new RequestTimer();

	private final WebClient webClient;

	private final URI url;

	private final boolean secure;

	private final Duration requestTimeout;

	private final EventCodec codec;

	private final TransportSettings settings;

	private final JsonMapper json = JsonMapper.builder().build();

	private final AtomicInteger underWay = new AtomicInteger();

	private volatile @Nullable Runnable afterwards;

	private volatile boolean stale;

	private IngestClient(TransportSettings settings, HttpConnection connection, WebClient webClient) {
		this.connection = connection;
		this.webClient = webClient;
		this.url = settings.ingestUrl();
		this.secure = settings.isSecure();
		this.requestTimeout = settings.requestTimeout();
		this.codec = new JsonEventCodec(settings.extendedFields());
		this.settings = settings;
	}

	/**
	 * Create a client, or nothing at all where that fails.
	 * @param settings where and how events are sent
	 * @param connectionFactory creates the connection, which the client closes
	 * @param customizers change the WebClient, one after the other
	 */
	static IngestClient create(TransportSettings settings,
			Function<TransportSettings, HttpConnection> connectionFactory,
			Supplier<Stream<LlmTrackWebClientCustomizer>> customizers) throws ClientSetupException {
		LateConnector connector = new LateConnector();
		String culprit = LlmTrackWebClientCustomizer.class.getSimpleName();
		try {
			WebClient.Builder builder = WebClient.builder()
				.clientConnector(connector)
				.defaultHeader(HttpHeaders.USER_AGENT, "llmtrack-spring-boot/" + LlmTrackVersion.get())
				.defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
			for (LlmTrackWebClientCustomizer customizer : customizers.get().toList()) {
				culprit = customizer.getClass().getName();
				customizer.customize(builder);
			}
			culprit = "HTTP client";
			WebClient webClient = builder.build();
			// The last step, since nothing but this has threads
			HttpConnection connection = connectionFactory.apply(settings);
			connector.target = connection.connector();
			return new IngestClient(settings, connection, webClient);
		}
		catch (Throwable ex) {
			throw new ClientSetupException(culprit, ex);
		}
	}

	/**
	 * Send an event, or nothing if the client is retired.
	 * @return what became of it, or {@code null} if another client has to send it
	 */
	@Nullable CompletableFuture<DeliveryResult> send(OutgoingEvent event) {
		this.underWay.incrementAndGet();
		if (this.afterwards != null) {
			done();
			return null;
		}
		CompletableFuture<DeliveryResult> answer = exchange(event);
		answer.whenComplete((result, failure) -> done());
		return answer;
	}

	private CompletableFuture<DeliveryResult> exchange(OutgoingEvent event) {
		byte[] body;
		try {
			body = this.codec.encode(event.event());
		}
		catch (RuntimeException ex) {
			// The event is at fault, and would be the next time
			return CompletableFuture.completedFuture(new DeliveryResult.Rejected(
					NestedExceptionUtils.getMostSpecificCause(ex).getClass().getSimpleName()));
		}
		try {
			String apiKey = this.settings.apiKey();
			if (apiKey == null) {
				return CompletableFuture
					.completedFuture(new DeliveryResult.KeyRefused("there is no key that may be sent"));
			}
			return Mono.defer(() -> exchange(event.idempotencyKey(), apiKey, body))
				.timeout(this.requestTimeout, this.timer.scheduler())
				.onErrorResume((failure) -> Mono.just(unavailable(failure)))
				.toFuture();
		}
		catch (Throwable ex) {
			// Such as a filter that can't be linked, which Reactor takes for fatal
			return CompletableFuture.completedFuture(unavailable(ex));
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
		// Not by its content type, which may be any nonsense that a proxy makes up
		return response.body((message, context) -> DataBufferUtils.join(message.getBody(), MAX_BODY_SIZE))
			.map(IngestClient::bytes)
			// Too large for one of LLMtrack's answers: the status says enough
			.onErrorReturn(DataBufferLimitException.class, NO_BODY)
			.defaultIfEmpty(NO_BODY)
			.map((body) -> reader.read(status, retryAfter, body));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private DeliveryResult unavailable(Throwable failure) {
		if (failure instanceof TimeoutException) {
			// HTTP/2 gives up the exchange and keeps its connection, be it a dead one
			this.stale = this.secure;
			return new DeliveryResult.Unavailable("no answer within " + this.requestTimeout.toMillis() + " ms", null);
		}
		Throwable cause = (failure instanceof WebClientRequestException && failure.getCause() != null)
				? failure.getCause() : failure;
		return new DeliveryResult.Unavailable(ConnectionProblem.of(cause, this.url.getAuthority()), null);
	}

	/**
	 * Return whether new exchanges had better have new connections.
	 */
	boolean isStale() {
		return this.stale;
	}

	/**
	 * Take no more events, and close when the last one that is under way is answered.
	 * @param afterwards called then
	 */
	void retire(Runnable afterwards) {
		this.underWay.incrementAndGet();
		this.afterwards = afterwards;
		done();
	}

	private void done() {
		if (this.underWay.decrementAndGet() == 0) {
			Runnable afterwards = this.afterwards;
			if (afterwards != null) {
				close();
				afterwards.run();
			}
		}
	}

	void close() {
		this.timer.close();
		this.connection.close();
	}

	/**
	 * Stands for a connector that is not there yet.
	 */
	private static final class LateConnector implements ClientHttpConnector {

		private volatile @Nullable ClientHttpConnector target;

		@Override
		public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
			ClientHttpConnector target = this.target;
			Assert.state(target != null, "No connector yet");
			return target.connect(method, uri, requestCallback);
		}

	}

}
