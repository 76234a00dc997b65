// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.AbstractClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;

/**
 * Connects a WebClient to the JDK's HTTP client. A response is complete with its body, of
 * which hardly more is read than {@link IngestClient} accepts, so that cancelling an
 * exchange closes its connection at any time. With Spring's connector, an exchange that
 * is cancelled while the body trickles in keeps its connection until the server closes
 * it.
 */
final class JdkConnector implements ClientHttpConnector {

	private final HttpClient client;

	private final @Nullable String proxyAuthorization;

	/**
	 * Create a connector.
	 * @param client makes the exchanges
	 * @param proxyAuthorization sent to the proxy and to nobody else. An authenticator
	 * would also be asked when LLMtrack refuses a key, and fail the exchange.
	 */
	JdkConnector(HttpClient client, @Nullable String proxyAuthorization) {
		this.client = client;
		this.proxyAuthorization = proxyAuthorization;
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		JdkRequest request = new JdkRequest(method, uri);
		if (this.proxyAuthorization != null) {
			request.getHeaders().set(HttpHeaders.PROXY_AUTHORIZATION, this.proxyAuthorization);
		}
		return requestCallback.apply(request).then(Mono.fromFuture(() -> exchange(request.getNativeRequest())));
	}

	private CompletableFuture<ClientHttpResponse> exchange(HttpRequest request) {
		CompletableFuture<HttpResponse<byte[]>> exchange = this.client.sendAsync(request, (head) -> new BoundedBody());
		// The JDK's own future, if cancelled, fails in a way that Reactor would log
		CompletableFuture<ClientHttpResponse> result = new CompletableFuture<>();
		exchange.<ClientHttpResponse>thenApply(JdkResponse::new).whenComplete((response, failure) -> {
			if (failure == null) {
				result.complete(response);
			}
			else {
				result.completeExceptionally(failure);
			}
		});
		result.whenComplete((response, failure) -> {
			if (result.isCancelled()) {
				exchange.cancel(true);
			}
		});
		return result;
	}

	private static final class JdkResponse extends AbstractClientHttpResponse {

		private JdkResponse(HttpResponse<byte @Nullable []> response) {
			super(HttpStatusCode.valueOf(response.statusCode()), headers(response), new LinkedMultiValueMap<>(),
					body(response));
		}

		private static Flux<DataBuffer> body(HttpResponse<byte @Nullable []> response) {
			// None if it was a proxy that refused to tunnel
			byte[] body = response.body();
			return (body != null) ? Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)) : Flux.empty();
		}

		private static HttpHeaders headers(HttpResponse<?> response) {
			HttpHeaders headers = new HttpHeaders();
			headers.putAll(response.headers().map());
			return headers;
		}

	}

	/**
	 * Collects a body, or the beginning of one that is too large.
	 */
	private static final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

		private final CompletableFuture<byte[]> body = new CompletableFuture<>();

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private Flow.@Nullable Subscription subscription;

		@Override
		public CompletionStage<byte[]> getBody() {
			return this.body;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(List<ByteBuffer> buffers) {
			for (ByteBuffer buffer : buffers) {
				byte[] part = new byte[buffer.remaining()];
				buffer.get(part);
				this.bytes.writeBytes(part);
			}
			if (this.bytes.size() > IngestClient.MAX_BODY_SIZE && this.subscription != null) {
				this.subscription.cancel();
				onComplete();
			}
		}

		@Override
		public void onError(Throwable failure) {
			this.body.completeExceptionally(failure);
		}

		@Override
		public void onComplete() {
			this.body.complete(this.bytes.toByteArray());
		}

	}

}
