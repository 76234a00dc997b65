// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.testsupport.ConnectProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebClientTransport} behind a proxy, which resolves hosts that DNS does
 * not know.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class ProxiedTransportTests extends AbstractSecureTransportTests {

	private static final String HOST = "llmtrack.test";

	private static final String PASSWORD = "secret:proxy-p\u00e4ssword";

	private final Map<String, String> properties = new HashMap<>();

	@AfterEach
	void restoreProperties() {
		this.properties.forEach((name, value) -> {
			if (value != null) {
				System.setProperty(name, value);
			}
			else {
				System.clearProperty(name);
			}
		});
	}

	private void property(String name, String value) {
		this.properties.putIfAbsent(name, System.getProperty(name));
		System.setProperty(name, value);
	}

	@Test
	void tlsIsTunnelled() {
		try (SecureServer server = SecureServer.accepting(certificate); ConnectProxy proxy = ConnectProxy.open()) {
			WebClientTransport transport = transport(
					trusting(server.url(HOST)).proxy(settings(proxy, null, null)).build());
			assertThat(resultOf(transport)).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.protocols()).containsExactly("HTTP/1.1");
			assertThat(proxy.heads()).singleElement()
				.asString()
				.startsWith("CONNECT llmtrack.test:" + server.url().getPort())
				.doesNotContain("Proxy-Authorization");
			assertThat(proxy.readable()).doesNotContain(KEY, "gpt-4o-mini");
		}
	}

	@Test
	void plainHttpGoesThroughTheProxy() {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED); ConnectProxy proxy = ConnectProxy.open()) {
			URI url = URI.create("http://llmtrack.test:" + server.url().getPort());
			assertThat(resultOf(transport(settings(url).proxy(settings(proxy, null, null)).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(proxy.heads()).singleElement().asString().contains(HOST);
		}
	}

	@Test
	void credentialsReachTheProxyOnly(CapturedOutput output) {
		try (SecureServer server = SecureServer.accepting(certificate);
				ConnectProxy proxy = ConnectProxy.forUser("user", PASSWORD)) {
			ProxySettings settings = settings(proxy, "user", PASSWORD);
			WebClientTransport transport = transport(trusting(server.url(HOST)).proxy(settings).build());
			DeliveryResult result = resultOf(transport);
			if (this.kind == ConnectionKind.JDK) {
				// The JVM was not told to let its client do so
				assertThat(result).isEqualTo(new DeliveryResult.Misdirected("HTTP 407"));
				assertThat(proxy.heads()).noneSatisfy((head) -> assertThat(head).contains("Basic "));
				transport.update(tls(certificate));
				resultOf(transport);
				assertThat(output).containsOnlyOnce("-Djdk.http.auth.tunneling.disabledSchemes=");
			}
			else {
				assertThat(result).isEqualTo(new DeliveryResult.Accepted(false));
				assertThat(proxy.heads()).singleElement().asString().contains(settings.authorization());
				assertThat(server.headers()).singleElement().asString().doesNotContainIgnoringCase("proxy", "Basic");
				assertThat(proxy.readable()).doesNotContain(KEY);
			}
			assertThat(result.toString()).doesNotContain(PASSWORD);
			assertThat(settings.toString()).doesNotContain(PASSWORD);
		}
		assertThat(output).doesNotContain(PASSWORD);
	}

	@Test
	void jdkClientSendsCredentialsWhereTheJvmLetsIt() throws Exception {
		Assumptions.assumeTrue(this.kind == ConnectionKind.JDK);
		try (SecureServer server = SecureServer.accepting(certificate);
				ConnectProxy proxy = ConnectProxy.forUser("user", "password")) {
			Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Djdk.http.auth.tunneling.disabledSchemes=", "-cp", System.getProperty("java.class.path"),
					TunnelledEvent.class.getName(), server.url(HOST).toString(), String.valueOf(proxy.port()), "user",
					"password", certificate.keyStore().getParent().toString())
				.redirectErrorStream(true)
				.start();
			assertThat(new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("WARN",
					"Exception");
			assertThat(jvm.waitFor()).isZero();
			assertThat(server.protocols()).containsExactly("HTTP/1.1");
			assertThat(server.headers()).singleElement().asString().doesNotContainIgnoringCase("proxy", "Basic");
			assertThat(proxy.readable()).doesNotContain(KEY);
		}
	}

	@Test
	void credentialsAreSentWithPlainHttp(CapturedOutput output) {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED);
				ConnectProxy proxy = ConnectProxy.forUser("user", PASSWORD)) {
			URI url = URI.create("http://llmtrack.test:" + server.url().getPort());
			assertThat(resultOf(transport(settings(url).proxy(settings(proxy, "user", PASSWORD)).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.heads()).singleElement().asString().doesNotContain("Basic");
		}
		assertThat(output).doesNotContain("WARN com.llmtrack", PASSWORD);
	}

	@Test
	void wrongCredentialsAreNoResponseOfLlmTrack(CapturedOutput output) {
		try (SecureServer server = SecureServer.accepting(certificate);
				ConnectProxy proxy = ConnectProxy.forUser("user", "other")) {
			DeliveryResult result = resultOf(
					transport(trusting(server.url(HOST)).proxy(settings(proxy, "user", PASSWORD)).build()));
			assertThat(result).isInstanceOfAny(DeliveryResult.Unavailable.class, DeliveryResult.Misdirected.class);
			assertThat(result.problem()).doesNotContain(PASSWORD);
			assertThat(server.protocols()).isEmpty();
		}
		assertThat(output).doesNotContain(PASSWORD);
	}

	/**
	 * With an authenticator, the JDK's client would take a refused key for its business.
	 */
	@Test
	void refusedKeyIsOneBehindAProxyThatKnowsItsUser() {
		try (RawServer server = RawServer.responding(RawServer.response("401 Unauthorized", "application/json", "{}"));
				ConnectProxy proxy = ConnectProxy.forUser("user", PASSWORD)) {
			URI url = URI.create("http://llmtrack.test:" + server.url().getPort());
			assertThat(resultOf(transport(
					settings(url).authScheme(AuthScheme.X_API_KEY).proxy(settings(proxy, "user", PASSWORD)).build())))
				.isEqualTo(new DeliveryResult.KeyRefused("HTTP 401"));
		}
	}

	@Test
	void proxyThatIsNotThereIsUnavailable() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		assertThat(resultOf(transport(settings(URI.create("https://llmtrack.test"))
			.proxy(new ProxySettings("127.0.0.1", port, "user", PASSWORD))
			.build())))
			.isInstanceOfSatisfying(DeliveryResult.Unavailable.class,
					(result) -> assertThat(result.problem()).startsWith("no connection to llmtrack.test, ")
						.contains("ConnectException")
						.doesNotContain(PASSWORD));
	}

	@Test
	void proxyThatNeverAnswersIsGivenUp() throws IOException {
		try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(resultOf(transport(settings(URI.create("https://llmtrack.test"))
				.proxy(new ProxySettings("127.0.0.1", proxy.getLocalPort(), null, null))
				.requestTimeout(SHORT)
				.build()))).isEqualTo(new DeliveryResult.Unavailable("no answer within 200 ms", null));
		}
	}

	@Test
	void proxyOfTheJvmIsUsed() {
		try (SecureServer server = SecureServer.accepting(certificate); ConnectProxy proxy = ConnectProxy.open()) {
			property("https.proxyHost", "127.0.0.1");
			property("https.proxyPort", String.valueOf(proxy.port()));
			assertThat(resultOf(transport(trusting(server.url(HOST)).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(proxy.heads()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.*|localhost" })
	void hostThatNeedsNoProxyIsReachedWithoutOne(String hosts) {
		try (SecureServer server = SecureServer.accepting(certificate); ConnectProxy proxy = ConnectProxy.open()) {
			property("https.proxyHost", "127.0.0.1");
			property("https.proxyPort", String.valueOf(proxy.port()));
			property("http.nonProxyHosts", hosts);
			assertThat(resultOf(transport(trusting(server.url()).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(proxy.heads()).isEmpty();
		}
	}

	@Test
	void proxyForHttpIsNoneForHttps() {
		try (SecureServer server = SecureServer.accepting(certificate); ConnectProxy proxy = ConnectProxy.open()) {
			property("http.nonProxyHosts", "none");
			property("http.proxyHost", "127.0.0.1");
			property("http.proxyPort", String.valueOf(proxy.port()));
			assertThat(resultOf(transport(trusting(server.url()).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(proxy.heads()).isEmpty();
		}
	}

	@Test
	void proxyOfOurOwnWinsOverTheJvms() {
		try (SecureServer server = SecureServer.accepting(certificate);
				ConnectProxy proxy = ConnectProxy.open();
				ConnectProxy other = ConnectProxy.open()) {
			property("https.proxyHost", "127.0.0.1");
			property("https.proxyPort", String.valueOf(other.port()));
			property("http.nonProxyHosts", "*");
			assertThat(resultOf(transport(trusting(server.url(HOST)).proxy(settings(proxy, null, null)).build())))
				.isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(List.of(proxy.heads().size(), other.heads().size())).containsExactly(1, 0);
		}
	}

	private static ProxySettings settings(ConnectProxy proxy, String username, String password) {
		return new ProxySettings("127.0.0.1", proxy.port(), username, password);
	}

}
