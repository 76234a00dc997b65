// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * The JDK's HTTP client, for exchanges that are bounded in all ways. An answer is there
 * when its body is, so that whoever gives the exchange up gives the body up as well:
 * Spring's connector can't do so afterwards, and the connection would be kept until the
 * server closes it. Of a body, hardly more is read than {@link IngestClient} wants.
 */
final class JdkExchanges extends HttpClient {

	private final HttpClient client;

	private final @Nullable String proxyAuthorization;

	/**
	 * Create a client.
	 * @param client makes the exchanges
	 * @param proxyAuthorization sent to the proxy and to nobody else. An authenticator in
	 * its place would be asked by LLMtrack as well, and fail where it has no answer.
	 */
	JdkExchanges(HttpClient client, @Nullable String proxyAuthorization) {
		this.client = client;
		this.proxyAuthorization = proxyAuthorization;
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		// The JDK's own future, if cancelled, fails in a way that Reactor would log
		CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
		exchange(authorized(request), handler, result);
		return result;
	}

	private <T> void exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler,
			CompletableFuture<HttpResponse<T>> result) {
		CompletableFuture<HttpResponse<T>> exchange = this.client.sendAsync(request,
				(response) -> new BoundedBody<>(handler.apply(response)));
		exchange.whenComplete((response, failure) -> {
			if (failure == null) {
				result.complete(response);
			}
			else if (request.version().isEmpty() && isForWantOfStreams(failure)) {
				exchange(HttpRequest.newBuilder(request, (name, value) -> true).version(Version.HTTP_1_1).build(),
						handler, result);
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
	}

	/**
	 * Return whether nothing was sent because the JDK's only HTTP/2 connection carries as
	 * many exchanges as the server allows. Other clients open another one.
	 */
	private static boolean isForWantOfStreams(Throwable failure) {
		String message = NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
		return message != null && message.contains("too many concurrent streams");
	}

	private HttpRequest authorized(HttpRequest request) {
		if (this.proxyAuthorization == null) {
			return request;
		}
		return HttpRequest.newBuilder(request, (name, value) -> true)
			.header("Proxy-Authorization", this.proxyAuthorization)
			.build();
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler,
			HttpResponse.@Nullable PushPromiseHandler<T> pushPromiseHandler) {
		return sendAsync(request, handler);
	}

	@Override
	public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
			throws IOException, InterruptedException {
		return this.client.send(authorized(request), handler);
	}

	@Override
	public Optional<CookieHandler> cookieHandler() {
		return this.client.cookieHandler();
	}

	@Override
	public Optional<Duration> connectTimeout() {
		return this.client.connectTimeout();
	}

	@Override
	public Redirect followRedirects() {
		return this.client.followRedirects();
	}

	@Override
	public Optional<ProxySelector> proxy() {
		return this.client.proxy();
	}

	@Override
	public SSLContext sslContext() {
		return this.client.sslContext();
	}

	@Override
	public SSLParameters sslParameters() {
		return this.client.sslParameters();
	}

	@Override
	public Optional<Authenticator> authenticator() {
		return this.client.authenticator();
	}

	@Override
	public Version version() {
		return this.client.version();
	}

	@Override
	public Optional<Executor> executor() {
		return this.client.executor();
	}

	/**
	 * Collects a body, or as much of it as anybody wants, and passes it on as a whole.
	 *
	 * @param <T> what becomes of the body
	 */
	private static final class BoundedBody<T> implements HttpResponse.BodySubscriber<T> {

		private final HttpResponse.BodySubscriber<T> reader;

		private final CompletableFuture<T> body = new CompletableFuture<>();

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private Flow.@Nullable Subscription subscription;

		private BoundedBody(HttpResponse.BodySubscriber<T> reader) {
			this.reader = reader;
		}

		@Override
		public CompletionStage<T> getBody() {
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
			this.reader.onSubscribe(new Replay(this.reader, ByteBuffer.wrap(this.bytes.toByteArray())));
			this.reader.getBody().thenAccept(this.body::complete);
		}

	}

	/**
	 * Hands out a body that is there already.
	 *
	 * @param reader takes the body
	 * @param bytes the body
	 */
	private record Replay(Flow.Subscriber<List<ByteBuffer>> reader, ByteBuffer bytes,
			AtomicBoolean done) implements Flow.Subscription {

		private Replay(Flow.Subscriber<List<ByteBuffer>> reader, ByteBuffer bytes) {
			this(reader, bytes, new AtomicBoolean());
		}

		@Override
		public void request(long count) {
			if (this.done.compareAndSet(false, true)) {
				this.reader.onNext(List.of(this.bytes));
				this.reader.onComplete();
			}
		}

		@Override
		public void cancel() {
			this.done.set(true);
		}

	}

}
