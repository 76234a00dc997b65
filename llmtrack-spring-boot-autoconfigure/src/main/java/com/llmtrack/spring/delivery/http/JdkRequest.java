// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;

/**
 * A request of a WebClient as one of the JDK's HTTP client.
 */
final class JdkRequest extends AbstractClientHttpRequest {

	/** Those that the JDK sets itself and permits nobody else to set. */
	private static final Set<String> RESTRICTED_HEADERS = Set.of("connection", "content-length", "expect", "host",
			"upgrade");

	private final HttpMethod method;

	private final URI uri;

	private final HttpRequest.Builder builder;

	private HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();

	JdkRequest(HttpMethod method, URI uri) {
		this.method = method;
		this.uri = uri;
		this.builder = HttpRequest.newBuilder(uri);
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return DefaultDataBufferFactory.sharedInstance;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T getNativeRequest() {
		return (T) this.builder.method(this.method.name(), this.body).build();
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return DataBufferUtils.join(body).flatMap((buffer) -> {
			this.body = HttpRequest.BodyPublishers.ofByteArray(IngestClient.bytes(buffer));
			return setComplete();
		});
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return writeWith(Flux.concat(body));
	}

	@Override
	public Mono<Void> setComplete() {
		return doCommit();
	}

	@Override
	protected void applyHeaders() {
		getHeaders().forEach((name, values) -> {
			if (!RESTRICTED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach((value) -> this.builder.header(name, value));
			}
		});
	}

	@Override
	protected void applyCookies() {
		if (!getCookies().isEmpty()) {
			this.builder.header(HttpHeaders.COOKIE,
					getCookies().values()
						.stream()
						.flatMap(List::stream)
						.map(HttpCookie::toString)
						.collect(Collectors.joining("; ")));
		}
	}

}
