// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import com.llmtrack.spring.testsupport.EventSchema;
import com.llmtrack.spring.testsupport.TestCertificate;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslHandler;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.tcp.SslProvider;

/**
 * A server with a correct implementation of TLS.
 */
final class SecureServer implements AutoCloseable {

	private final DisposableServer server;

	private final List<String> protocols = new CopyOnWriteArrayList<>();

	private final List<String> headers = new CopyOnWriteArrayList<>();

	private final List<String> sessions = new CopyOnWriteArrayList<>();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final Set<Channel> connections = ConcurrentHashMap.newKeySet();

	private final AtomicLong maxOpenConnections = new AtomicLong();

	private SecureServer(TestCertificate certificate, Behaviour behaviour) {
		// Offers HTTP/2 as LLMtrack does, so that a client which asks for it gets it
		SslProvider.GenericSslContextSpec<?> context = Http2SslContextSpec.forServer(certificate.keys())
			.configure((builder) -> builder.trustManager(certificate.trust()).clientAuth(ClientAuth.OPTIONAL));
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
			.secure((spec) -> spec.sslContext(context))
			.handle((request, response) -> request.receive()
				.aggregate()
				.asString()
				.doOnNext((body) -> record(request, body))
				.then(Mono.defer(() -> Mono.from(behaviour.serve(request, response)))))
			.bindNow();
	}

	static SecureServer accepting(TestCertificate certificate) {
		return new SecureServer(certificate, SecureServer::accept);
	}

	static SecureServer with(TestCertificate certificate, Behaviour behaviour) {
		return new SecureServer(certificate, behaviour);
	}

	static Publisher<Void> accept(HttpServerRequest request, HttpServerResponse response) {
		return response.status(201).sendString(Mono.just("{\"ok\":true}")).then();
	}

	private void record(HttpServerRequest request, String body) {
		this.protocols.add(request.version().text());
		this.headers.add(request.requestHeaders().toString());
		this.bodies.add(body);
		request.withConnection((connection) -> {
			Channel channel = connection.channel();
			this.connections.add(channel);
			this.maxOpenConnections.accumulateAndGet(this.connections.stream().filter(Channel::isOpen).count(),
					Math::max);
			SSLSession session = channel.pipeline().get(SslHandler.class).engine().getSession();
			this.sessions.add(session.getProtocol() + " " + session.getCipherSuite() + " " + peer(session));
		});
	}

	private static String peer(SSLSession session) {
		try {
			return session.getPeerPrincipal().getName();
		}
		catch (SSLPeerUnverifiedException ex) {
			return "nobody";
		}
	}

	URI url() {
		return url("127.0.0.1");
	}

	URI url(String host) {
		return URI.create("https://" + host + ":" + this.server.port());
	}

	/**
	 * Return the versions of HTTP of the requests, one each.
	 */
	List<String> protocols() {
		return this.protocols;
	}

	List<String> headers() {
		return this.headers;
	}

	/**
	 * Return the version of TLS, the cipher suite and the client's name, for each
	 * request.
	 */
	List<String> sessions() {
		return this.sessions;
	}

	/**
	 * Return how many connections there have ever been.
	 */
	int connections() {
		return this.connections.size();
	}

	/**
	 * Return how many connections there have been at once.
	 */
	long maxOpenConnections() {
		return this.maxOpenConnections.get();
	}

	/**
	 * Stop the server, and make sure that it was sent nothing but events.
	 */
	@Override
	public void close() {
		this.server.disposeNow();
		this.bodies.forEach(EventSchema::validated);
	}

	/**
	 * What the server does about a request.
	 */
	@FunctionalInterface
	interface Behaviour {

		Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response);

	}

}
