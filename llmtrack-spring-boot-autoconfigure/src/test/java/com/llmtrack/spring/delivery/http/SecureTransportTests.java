// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.testsupport.ConnectProxy;
import com.llmtrack.spring.testsupport.LiveThreads;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebClientTransport} with TLS.
 */
@Tag("slow")
@Tag("jdk")
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@Timeout(60)
class SecureTransportTests extends AbstractSecureTransportTests {

	/** Long enough for several handshakes on a busy machine. */
	private static final Duration AMPLE = Duration.ofSeconds(4);

	@Test
	void http11IsSpokenThoughTheServerOffersHttp2() {
		try (SecureServer server = SecureServer.accepting(certificate)) {
			WebClientTransport transport = transport(trusting(server.url()).build());
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.protocols()).containsExactly("HTTP/1.1", "HTTP/1.1");
			assertThat(server.headers()).allSatisfy((headers) -> assertThat(headers).contains("Bearer " + KEY)
				.doesNotContainIgnoringCase("upgrade", "http2"));
		}
	}

	@Test
	void http11IsSpokenWhereTheServerCannotNegotiate() {
		try (RawServer server = new RawServer((socket) -> RawServer.write(socket, RawServer.ACCEPTED), certificate)) {
			WebClientTransport transport = transport(trusting(server.url()).build());
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.heads()).singleElement()
				.asString()
				.startsWith("POST /api/ingest HTTP/1.1")
				.doesNotContainIgnoringCase("upgrade");
		}
	}

	@Test
	void connectionsAreBounded() {
		try (SecureServer server = SecureServer.with(certificate,
				(request, response) -> Mono.delay(Duration.ofMillis(5))
					.then(Mono.from(SecureServer.accept(request, response))))) {
			WebClientTransport transport = transport(trusting(server.url()).build());
			for (int i = 0; i < 20; i++) {
				List<CompletableFuture<DeliveryResult>> results = IntStream.range(0, MAX_CONNECTIONS)
					.mapToObj((j) -> send(transport))
					.toList();
				assertThat(results).extracting(CompletableFuture::join)
					.containsOnly(new DeliveryResult.Accepted(false));
			}
			assertThat(server.protocols()).hasSize(20 * MAX_CONNECTIONS);
			assertThat(server.connections()).isLessThanOrEqualTo(MAX_CONNECTIONS);
		}
	}

	@Test
	void certificateForAnotherHostIsRefused() {
		try (SecureServer server = SecureServer.accepting(otherCertificate);
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
		try (SecureServer server = SecureServer.accepting(otherCertificate); ConnectProxy proxy = ConnectProxy.open()) {
			assertRefused(settings(server.url("llmtrack.test")).tls(tls(otherCertificate))
				.proxy(new ProxySettings("127.0.0.1", proxy.port(), null, null))
				.build());
			assertThat(server.protocols()).isEmpty();
		}
	}

	@Test
	void certificateThatIsNotTrustedIsRefused() {
		try (SecureServer server = SecureServer.accepting(certificate)) {
			assertRefused(settings(server.url()).build());
			assertRefused(settings(server.url()).tls(tls(otherCertificate)).build());
			assertThat(server.protocols()).isEmpty();
		}
	}

	private void assertRefused(TransportSettings settings) {
		assertThat(resultOf(transport(settings))).isInstanceOfSatisfying(DeliveryResult.Unavailable.class,
				(result) -> assertThat(result.problem()).startsWith("no secure connection to ")
					.endsWith(", SSLHandshakeException"));
	}

	@ParameterizedTest
	@CsvSource({ "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLSv1.3, TLS_AES_256_GCM_SHA384" })
	void keyProtocolAndCipherAreUsed(String protocol, String cipher) {
		try (SecureServer server = SecureServer.accepting(certificate)) {
			TlsSettings tls = new TlsSettings(certificate.trust(), certificate.keys(), List.of(protocol),
					List.of(cipher));
			assertThat(resultOf(transport(settings(server.url()).tls(tls).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.sessions()).containsExactly(protocol + " " + cipher + " CN=llmtrack");
			assertThat(server.protocols()).containsExactly("HTTP/1.1");
		}
	}

	@Test
	void withoutAKeyNoneIsShown() {
		try (SecureServer server = SecureServer.accepting(certificate)) {
			assertThat(resultOf(transport(trusting(server.url()).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.sessions()).singleElement().asString().endsWith(" nobody");
		}
	}

	@Test
	void updatedTrustIsUsedForNewConnections() {
		try (SecureServer server = SecureServer.accepting(certificate)) {
			WebClientTransport transport = transport(settings(server.url()).tls(tls(otherCertificate)).build());
			assertThat(resultOf(transport)).isInstanceOf(DeliveryResult.Unavailable.class);
			transport.update(tls(certificate));
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			transport.update(tls(otherCertificate));
			assertThat(resultOf(transport)).isInstanceOf(DeliveryResult.Unavailable.class);
		}
	}

	@Test
	void exchangeUnderWayEndsAsItBeganWhenTrustIsUpdated() {
		CountDownLatch asked = new CountDownLatch(1);
		CompletableFuture<Void> released = new CompletableFuture<>();
		LiveThreads threads = this.kind.threads();
		try (SecureServer server = SecureServer.with(certificate, (request, response) -> {
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
		WebClientTransport transport = this.kind.transport(trusting(server.url()).requestTimeout(AMPLE).build());
		CompletableFuture<DeliveryResult> result = send(transport);
		Waiting.await().until(() -> asked.getCount() == 0);
		transport.update(tls(certificate));
		released.complete(null);
		return result.join();
	}

	@Test
	void slowServersAreGivenUpInTime() {
		List<RawServer> servers = Stream.of(WebClientTransportFailureTests.Fault.values())
			.filter(WebClientTransportFailureTests.Fault::isSlow)
			.map((fault) -> new RawServer(fault.behaviour(), certificate))
			.toList();
		List<CompletableFuture<DeliveryResult>> results = servers.stream()
			.map((server) -> transport(trusting(server.url()).requestTimeout(AMPLE).build()))
			.flatMap((transport) -> IntStream.range(0, MAX_CONNECTIONS).mapToObj((i) -> send(transport)))
			.toList();
		assertThat(results).extracting(CompletableFuture::join)
			.containsOnly(new DeliveryResult.Unavailable("no answer within 4000 ms", null));
		assertThat(servers).extracting(RawServer::requests).containsOnly(MAX_CONNECTIONS);
		Waiting.await().untilAsserted(() -> assertThat(servers).extracting(RawServer::openConnections).containsOnly(0));
		servers.forEach(RawServer::close);
	}

	@Test
	void deadConnectionIsNotUsedAgain() {
		try (SecureServer server = SecureServer.accepting(certificate); ConnectProxy proxy = ConnectProxy.open()) {
			// No other connection before the first is back in the pool
			WebClientTransport transport = transport(trusting(server.url("llmtrack.test")).maxConnections(1)
				.proxy(new ProxySettings("127.0.0.1", proxy.port(), null, null))
				.requestTimeout(AMPLE)
				.build());
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			proxy.freeze();
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Unavailable("no answer within 4000 ms", null));
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(proxy.heads()).hasSize(2);
		}
	}

}
