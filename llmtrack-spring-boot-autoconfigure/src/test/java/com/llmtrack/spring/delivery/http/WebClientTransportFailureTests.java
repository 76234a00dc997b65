// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.OutgoingEvent;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebClientTransport} against servers that are down or violate HTTP:
 * each event still gets a result in time.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class WebClientTransportFailureTests extends AbstractTransportTests {

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "NEVER_ANSWERS", "DRIPS_HEAD", "DRIPS_BODY", "DRIPS_ERROR" })
	void brokenExchangeIsUnavailable(Fault fault) {
		try (RawServer server = new RawServer(fault.behaviour)) {
			WebClientTransport transport = transport(server.url(), SHORT);
			assertThat(resultOf(transport)).isInstanceOfSatisfying(DeliveryResult.Unavailable.class, (result) -> {
				assertThat(result.problem()).containsAnyOf(server.url().getAuthority(), "no answer within 200 ms")
					.doesNotContain(KEY, "\n");
				assertThat(result.retryAfter()).isNull();
			});
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "NEVER_ANSWERS", "DRIPS_HEAD", "DRIPS_BODY", "DRIPS_ERROR", "STOPS_IN_BODY" })
	void slowServerIsGivenUpInTime(Fault fault, CapturedOutput output) {
		try (RawServer server = new RawServer(fault.behaviour)) {
			WebClientTransport transport = transport(server.url(), SHORT);
			List<CompletableFuture<DeliveryResult>> results = IntStream.range(0, MAX_CONNECTIONS)
				.mapToObj((i) -> send(transport))
				.toList();
			assertThat(results).extracting(CompletableFuture::join)
				.containsOnly(new DeliveryResult.Unavailable("no answer within 200 ms", null));
			Waiting.await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
		}
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void refusedConnectionIsUnavailable() throws IOException {
		URI nobody;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
		}
		assertThat(resultOf(transport(nobody))).isInstanceOfSatisfying(DeliveryResult.Unavailable.class,
				(result) -> assertThat(result.problem())
					.matches("no connection to " + nobody.getAuthority() + ", \\w*ConnectException"));
	}

	@ParameterizedTest
	@EnumSource(names = { "EMPTY_REPLY", "RESETS", "RESETS_IN_BODY", "CLOSES_IN_BODY" })
	void connectionThatBreaksIsSaidToBeBroken(Fault fault) {
		try (RawServer server = new RawServer(fault.behaviour)) {
			assertThat(resultOf(transport(server.url())).problem())
				.matches("broken connection to " + server.url().getAuthority() + ", \\w+");
		}
	}

	@Test
	void connectionThatNobodyAcceptsIsGivenUpInTime() throws IOException {
		InetAddress localhost = InetAddress.getLoopbackAddress();
		try (ServerSocket server = new ServerSocket(0, 1, localhost); Crowd crowd = new Crowd()) {
			crowd.fill(server);
			URI url = URI.create("http://" + localhost.getHostAddress() + ":" + server.getLocalPort());
			WebClientTransport transport = transport(settings(url).connectTimeout(SHORT).build());
			assertThat(resultOf(transport)).isInstanceOfSatisfying(DeliveryResult.Unavailable.class,
					(result) -> assertThat(result.problem()).contains("ConnectTimeoutException", url.getAuthority()));
		}
	}

	@Test
	void endlessBodyIsCutAndItsConnectionClosed() {
		try (RawServer server = new RawServer((socket) -> {
			RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + Long.MAX_VALUE + "\r\n\r\n");
			while (true) {
				RawServer.write(socket, "x".repeat(1_000));
			}
		})) {
			assertThat(resultOf(transport(server.url()))).isEqualTo(new DeliveryResult.Misdirected("HTTP 200"));
			Waiting.await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
		}
	}

	@Test
	void unknownHostIsUnavailable() {
		assertThat(resultOf(transport(URI.create("http://llmtrack.invalid")))).isInstanceOfSatisfying(
				DeliveryResult.Unavailable.class,
				(result) -> assertThat(result.problem()).isEqualTo("no connection to llmtrack.invalid, unknown host"));
	}

	@Test
	void plainServerBehindHttpsIsUnavailable() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED)) {
			URI url = URI.create(server.url().toString().replace("http:", "https:"));
			assertThat(resultOf(transport(url, SHORT))).isInstanceOf(DeliveryResult.Unavailable.class);
			assertThat(server.requests()).isZero();
		}
	}

	@Test
	void recoversWhenTheServerDoes() {
		CountDownLatch recovered = new CountDownLatch(1);
		try (RawServer server = new RawServer((socket) -> {
			if (recovered.getCount() > 0) {
				RawServer.reset(socket);
			}
			else {
				RawServer.write(socket, RawServer.ACCEPTED);
			}
		})) {
			WebClientTransport transport = transport(server.url());
			OutgoingEvent event = event();
			assertThat(send(transport, event).join()).isInstanceOf(DeliveryResult.Unavailable.class);
			recovered.countDown();
			assertThat(send(transport, event).join()).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.heads()).allSatisfy((head) -> assertThat(head).contains(event.idempotencyKey()));
		}
	}

	@Test
	void connectionIsUsedAgain() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED)) {
			WebClientTransport transport = transport(server.url());
			for (int i = 0; i < 50; i++) {
				assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			}
			assertThat(server.requests()).isEqualTo(50);
			assertThat(server.connections()).isLessThanOrEqualTo(MAX_CONNECTIONS);
		}
	}

	@Test
	void opensNothingBeforeTheFirstEvent() {
		LiveThreads threads = this.kind.threads();
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED)) {
			transport(server.url()).close();
			transport(server.url());
			assertThat(threads.started()).isEmpty();
			assertThat(server.connections()).isZero();
		}
	}

	@Test
	void closeReleasesConnectionsAndThreads() {
		LiveThreads threads = this.kind.threads();
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED)) {
			// In a method of its own, as the JDK's client ends when nobody refers to it
			sendAndClose(server.url());
			Waiting.await().untilAsserted(() -> {
				System.gc();
				assertThat(server.openConnections()).isZero();
				assertThat(threads.started()).isEmpty();
			});
		}
	}

	private void sendAndClose(URI url) {
		WebClientTransport transport = this.kind.transport(settings(url).build());
		assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
		transport.close();
		transport.close();
	}

	@Test
	void eventAfterTheEndGetsAResult() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED)) {
			WebClientTransport transport = transport(server.url());
			resultOf(transport);
			transport.close();
			assertThat(resultOf(transport)).isInstanceOf(DeliveryResult.Unavailable.class);
			assertThat(server.requests()).isOne();
		}
	}

	@Test
	void eventInFlightAtTheEndGetsAResult() {
		try (RawServer server = new RawServer(Fault.NEVER_ANSWERS.behaviour)) {
			WebClientTransport transport = transport(server.url(), Duration.ofSeconds(3));
			CompletableFuture<DeliveryResult> result = send(transport);
			Waiting.await().until(() -> server.requests() == 1);
			transport.close();
			assertThat(result.join()).isInstanceOf(DeliveryResult.Unavailable.class);
		}
	}

	@Test
	void exchangeThatCannotBeCancelledGetsAResult() {
		Mono<ClientHttpResponse> exchange = Mono
			.fromDirect((subscriber) -> subscriber.onSubscribe(new UncancellableSubscription()));
		HttpConnection connection = new HttpConnection() {

			@Override
			public ClientHttpConnector connector() {
				return (method, uri, requestCallback) -> exchange;
			}

			@Override
			public void close() {
			}

		};
		TransportSettings settings = settings(URI.create("http://127.0.0.1:1")).requestTimeout(SHORT).build();
		try (WebClientTransport transport = new WebClientTransport(settings, Stream::empty, (any) -> connection)) {
			assertThat(resultOf(transport)).isInstanceOf(DeliveryResult.Unavailable.class);
		}
	}

	/**
	 * Like that of Reactor Netty when its threads have ended.
	 */
	private static final class UncancellableSubscription implements Subscription {

		@Override
		public void request(long count) {
		}

		@Override
		public void cancel() {
			throw new RejectedExecutionException("event executor terminated");
		}

	}

	/**
	 * Clients that wait in front of a server which lets nobody in, so that nobody else
	 * finds room there.
	 */
	private static final class Crowd implements AutoCloseable {

		private final List<Socket> sockets = new ArrayList<>();

		void fill(ServerSocket server) throws IOException {
			try {
				while (this.sockets.size() < 100) {
					Socket socket = new Socket();
					this.sockets.add(socket);
					socket.connect(server.getLocalSocketAddress(), (int) SHORT.toMillis());
				}
			}
			catch (SocketTimeoutException ex) {
				// It is full
			}
		}

		@Override
		public void close() throws IOException {
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

	/**
	 * What a server may do wrong.
	 */
	enum Fault {

		NEVER_ANSWERS((socket) -> {
		}),

		EMPTY_REPLY(Socket::close),

		RESETS(RawServer::reset),

		RESETS_IN_HEAD((socket) -> {
			RawServer.write(socket, "HTTP/1.1 201 Crea");
			RawServer.reset(socket);
		}),

		RESETS_IN_BODY((socket) -> {
			RawServer.write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"ok\":true");
			RawServer.reset(socket);
		}),

		CLOSES_IN_BODY((socket) -> {
			RawServer.write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"ok\":true}");
			socket.close();
		}),

		STOPS_IN_BODY((socket) -> RawServer.write(socket,
				"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"ok\":true}")),

		NO_HTTP((socket) -> RawServer.write(socket, "SSH-2.0-OpenSSH_9.2p1\r\n\r\n")),

		NO_STATUS((socket) -> RawServer.write(socket, "HTTP/1.1 abc Created\r\nContent-Length: 0\r\n\r\n")),

		NO_CHUNKS((socket) -> RawServer.write(socket,
				"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n{\"ok\":true}\r\n0\r\n\r\n")),

		DRIPS_HEAD((socket) -> drip(socket, "HTTP/1.1 201 Created\r\nX-Slow: ")),

		DRIPS_BODY((socket) -> drip(socket, "HTTP/1.1 201 Created\r\nContent-Length: 1000000\r\n\r\n")),

		DRIPS_ERROR((socket) -> drip(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 1000000\r\n\r\n"));

		private static final Set<Fault> SLOW = EnumSet.of(NEVER_ANSWERS, DRIPS_HEAD, DRIPS_BODY, DRIPS_ERROR,
				STOPS_IN_BODY);

		private final RawServer.Behaviour behaviour;

		Fault(RawServer.Behaviour behaviour) {
			this.behaviour = behaviour;
		}

		boolean isSlow() {
			return SLOW.contains(this);
		}

		RawServer.Behaviour behaviour() {
			return this.behaviour;
		}

		private static void drip(Socket socket, String start) throws IOException {
			RawServer.write(socket, start);
			CountDownLatch never = new CountDownLatch(1);
			try {
				while (!never.await(20, TimeUnit.MILLISECONDS)) {
					RawServer.write(socket, "x");
				}
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
		}

	}

}
