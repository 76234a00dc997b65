// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.testsupport.ConnectProxy;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebClientTransport} with TLS, and so with HTTP/2.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@Timeout(60)
class SecureTransportTests extends AbstractSecureTransportTests {

	/** Long enough for several handshakes on a busy machine. */
	private static final Duration AMPLE = Duration.ofSeconds(3);

	@Test
	void http2IsSpokenWhereTheServerOffersIt() {
		try (SecureServer server = SecureServer.http2(certificate)) {
			WebClientTransport transport = transport(trusting(server.url()).build());
			assertThat(answer(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(answer(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.protocols()).containsExactly("HTTP/2.0", "HTTP/2.0");
			assertThat(server.connections()).isOne();
			assertThat(server.headers()).allSatisfy((headers) -> assertThat(headers).contains("Bearer " + KEY));
		}
	}

	@Test
	void http11IsSpokenWhereTheServerOffersNothingElse() {
		try (SecureServer server = SecureServer.http11(certificate)) {
			WebClientTransport transport = transport(trusting(server.url()).build());
			for (int i = 0; i < 20; i++) {
				assertThat(answer(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			}
			assertThat(server.protocols()).hasSize(20).containsOnly("HTTP/1.1");
			assertThat(server.connections()).isLessThanOrEqualTo(MAX_CONNECTIONS);
		}
	}

	@Test
	void http11IsSpokenWhereTheServerCannotNegotiate() {
		try (RawServer server = new RawServer((socket) -> RawServer.write(socket, RawServer.ACCEPTED), certificate)) {
			WebClientTransport transport = transport(trusting(server.url()).build());
			assertThat(answer(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.heads()).singleElement()
				.asString()
				.startsWith("POST /api/ingest HTTP/1.1")
				.doesNotContainIgnoringCase("upgrade");
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 8", "2, 8", "3, 8", "100, 8", "4, 32" })
	void asManyEventsAsMayBeAreUnderWayAtOnce(long maxStreams, int underWay) {
		try (SecureServer server = SecureServer.http2(certificate,
				(http) -> http.http2Settings((settings) -> settings.maxConcurrentStreams(maxStreams)),
				(request, response) -> Mono.delay(Duration.ofMillis(20))
					.then(Mono.from(SecureServer.accept(request, response))))) {
			WebClientTransport transport = transport(trusting(server.url()).maxConnections(underWay).build());
			if (this.kind == ConnectionKind.JDK) {
				// Does not know of the limit before, and then may be refused
				assertThat(answer(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			}
			for (int i = 0; i < 20; i++) {
				List<CompletableFuture<DeliveryResult>> answers = IntStream.range(0, underWay)
					.mapToObj((j) -> send(transport))
					.toList();
				assertThat(answers).extracting(CompletableFuture::join)
					.containsOnly(new DeliveryResult.Accepted(false));
			}
			assertThat(server.protocols()).hasSizeGreaterThanOrEqualTo(20 * underWay).contains("HTTP/2.0");
			// The JDK's client has one for HTTP/2, and others beside it where that is
			// full
			assertThat(server.maxOpenConnections()).isLessThanOrEqualTo(underWay + 1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionsAreBounded(boolean http2) {
		try (SecureServer server = http2 ? SecureServer.http2(certificate) : SecureServer.http11(certificate)) {
			WebClientTransport transport = transport(trusting(server.url()).build());
			for (int i = 0; i < 20; i++) {
				List<CompletableFuture<DeliveryResult>> answers = IntStream.range(0, MAX_CONNECTIONS)
					.mapToObj((j) -> send(transport))
					.toList();
				assertThat(answers).extracting(CompletableFuture::join)
					.containsOnly(new DeliveryResult.Accepted(false));
			}
			assertThat(server.connections()).isLessThanOrEqualTo(MAX_CONNECTIONS);
		}
	}

	@Test
	void certificateForAnotherHostIsRefused() {
		try (SecureServer server = SecureServer.http2(otherCertificate);
				RawServer http11 = new RawServer((socket) -> RawServer.write(socket, RawServer.ACCEPTED),
						otherCertificate)) {
			for (URI url : List.of(server.url(), http11.url())) {
				assertRefused(settings(url).tls(tls(otherCertificate)).build());
			}
			assertThat(server.protocols()).isEmpty();
			assertThat(http11.requests()).isZero();
		}
	}

	@Test
	void certificateForAnotherHostIsRefusedBehindAProxy() {
		try (SecureServer server = SecureServer.http2(otherCertificate); ConnectProxy proxy = ConnectProxy.open()) {
			assertRefused(settings(server.url("llmtrack.test")).tls(tls(otherCertificate))
				.proxy(new ProxySettings("127.0.0.1", proxy.port(), null, null))
				.build());
			assertThat(server.protocols()).isEmpty();
		}
	}

	@Test
	void certificateThatIsNotTrustedIsRefused() {
		try (SecureServer server = SecureServer.http2(certificate)) {
			assertRefused(settings(server.url()).build());
			assertRefused(settings(server.url()).tls(tls(otherCertificate)).build());
			assertThat(server.protocols()).isEmpty();
		}
	}

	private void assertRefused(TransportSettings settings) {
		assertThat(answer(transport(settings))).isInstanceOfSatisfying(DeliveryResult.Unavailable.class,
				(answer) -> assertThat(answer.problem()).startsWith("no secure connection to ")
					.endsWith(", SSLHandshakeException"));
	}

	@ParameterizedTest
	@CsvSource({ "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLSv1.3, TLS_AES_256_GCM_SHA384" })
	void keyProtocolAndCipherAreUsed(String protocol, String cipher) {
		try (SecureServer server = SecureServer.http2(certificate)) {
			TlsSettings tls = new TlsSettings(certificate.trust(), certificate.keys(), List.of(protocol),
					List.of(cipher));
			assertThat(answer(transport(settings(server.url()).tls(tls).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.sessions()).containsExactly(protocol + " " + cipher + " CN=llmtrack");
			assertThat(server.protocols()).containsExactly("HTTP/2.0");
		}
	}

	@Test
	void withoutAKeyNoneIsShown() {
		try (SecureServer server = SecureServer.http2(certificate)) {
			assertThat(answer(transport(trusting(server.url()).build()))).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.sessions()).singleElement().asString().endsWith(" nobody");
		}
	}

	@Test
	void updatedTrustIsUsedForNewConnections() {
		try (SecureServer server = SecureServer.http2(certificate)) {
			WebClientTransport transport = transport(settings(server.url()).tls(tls(otherCertificate)).build());
			assertThat(answer(transport)).isInstanceOf(DeliveryResult.Unavailable.class);
			transport.update(tls(certificate));
			assertThat(answer(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			transport.update(tls(otherCertificate));
			assertThat(answer(transport)).isInstanceOf(DeliveryResult.Unavailable.class);
		}
	}

	@Test
	void exchangeUnderWayEndsAsItBeganWhenTrustIsUpdated() {
		CountDownLatch asked = new CountDownLatch(1);
		CompletableFuture<Void> released = new CompletableFuture<>();
		LiveThreads threads = this.kind.threads();
		try (SecureServer server = SecureServer.http2(certificate, (http) -> http, (request, response) -> {
			asked.countDown();
			return Mono.fromFuture(released, true).then(Mono.from(SecureServer.accept(request, response)));
		})) {
			assertThat(updatedWhile(server, asked, released)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.protocols()).hasSize(1);
			Waiting.await().untilAsserted(() -> {
				System.gc();
				assertThat(threads.started()).isEmpty();
			});
		}
	}

	private DeliveryResult updatedWhile(SecureServer server, CountDownLatch asked, CompletableFuture<Void> released) {
		WebClientTransport transport = this.kind.transport(trusting(server.url()).build());
		CompletableFuture<DeliveryResult> answer = send(transport);
		Waiting.await().until(() -> asked.getCount() == 0);
		transport.update(tls(certificate));
		released.complete(null);
		return answer.join();
	}

	@ParameterizedTest
	@EnumSource(names = { "NEVER_ANSWERS", "DRIPS_HEAD", "DRIPS_BODY", "DRIPS_ERROR", "STOPS_IN_BODY" })
	void slowServerIsGivenUpInTime(WebClientTransportFailureTests.Fault fault) {
		try (RawServer server = new RawServer(fault.behaviour(), certificate)) {
			// Time for the first TLS handshake of the JVM as well
			WebClientTransport transport = transport(trusting(server.url()).requestTimeout(AMPLE).build());
			List<CompletableFuture<DeliveryResult>> answers = IntStream.range(0, MAX_CONNECTIONS)
				.mapToObj((i) -> send(transport))
				.toList();
			assertThat(answers).extracting(CompletableFuture::join)
				.containsOnly(new DeliveryResult.Unavailable("no answer within 3000 ms", null));
			assertThat(server.requests()).isEqualTo(MAX_CONNECTIONS);
			Waiting.await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void slowServerIsGivenUpInTimeWithHttp2(boolean drips) {
		AtomicInteger cancelled = new AtomicInteger();
		try (SecureServer server = SecureServer.http2(certificate, (http) -> http, (request, response) -> {
			request.withConnection((connection) -> connection.onDispose(cancelled::incrementAndGet));
			return drips ? response.sendString(Flux.interval(Duration.ofMillis(20)).map(String::valueOf),
					StandardCharsets.UTF_8) : Mono.never();
		})) {
			WebClientTransport transport = transport(trusting(server.url()).requestTimeout(AMPLE).build());
			List<CompletableFuture<DeliveryResult>> answers = IntStream.range(0, MAX_CONNECTIONS)
				.mapToObj((i) -> send(transport))
				.toList();
			assertThat(answers).extracting(CompletableFuture::join)
				.containsOnly(new DeliveryResult.Unavailable("no answer within 3000 ms", null));
			assertThat(server.protocols()).hasSize(MAX_CONNECTIONS).containsOnly("HTTP/2.0");
			Waiting.await().untilAsserted(() -> assertThat(cancelled).hasValue(MAX_CONNECTIONS));
		}
	}

	@Test
	void deadConnectionIsNotUsedAgain() {
		try (SecureServer server = SecureServer.http2(certificate); ConnectProxy proxy = ConnectProxy.open()) {
			WebClientTransport transport = transport(trusting(server.url("llmtrack.test"))
				.proxy(new ProxySettings("127.0.0.1", proxy.port(), null, null))
				.requestTimeout(AMPLE)
				.build());
			assertThat(answer(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			proxy.freeze();
			assertThat(answer(transport)).isEqualTo(new DeliveryResult.Unavailable("no answer within 3000 ms", null));
			assertThat(answer(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(proxy.heads()).hasSize(2);
		}
	}

}
