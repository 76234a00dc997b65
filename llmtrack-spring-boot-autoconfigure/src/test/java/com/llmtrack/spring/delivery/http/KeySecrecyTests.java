// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the key is sent to LLMtrack only, and never logged, even at {@code TRACE}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class KeySecrecyTests extends AbstractTransportTests {

	private final Map<Logger, Level> levels = new HashMap<>();

	@BeforeEach
	void logEverything() {
		for (Logger logger : ((LoggerContext) LoggerFactory.getILoggerFactory()).getLoggerList()) {
			this.levels.put(logger, logger.getLevel());
			logger.setLevel(Level.TRACE);
		}
	}

	@AfterEach
	void logAsBefore() {
		this.levels.forEach(Logger::setLevel);
	}

	@ParameterizedTest
	@EnumSource
	void keyIsNotLoggedWhenAccepted(AuthScheme authScheme, CapturedOutput output) {
		try (RawServer server = RawServer.responding(RawServer.ACCEPTED)) {
			assertThat(resultOf(transport(server.url(), authScheme))).isEqualTo(new DeliveryResult.Accepted(false));
			assertThat(server.heads()).singleElement().asString().contains(KEY);
		}
		assertThat(output).contains("TRACE", "DEBUG", "/api/ingest").doesNotContain(KEY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "401 Unauthorized", "400 Bad Request", "402 Payment Required", "500 Internal Server Error",
			"200 OK", "302 Found" })
	void keyIsNotLoggedWhenTheResponseQuotesIt(String status, CapturedOutput output) {
		try (RawServer server = RawServer.responding(RawServer.response(status, "application/json",
				"{\"error\":\"What is Bearer " + KEY + "?\",\"field\":\"" + KEY + "\"}"))) {
			WebClientTransport transport = transport(server.url());
			assertThat(resultOf(transport).toString()).doesNotContain(KEY);
			deliver(transport);
		}
		assertThat(output).contains("HTTP " + status.substring(0, 3)).doesNotContain(KEY);
	}

	@ParameterizedTest
	@EnumSource
	void keyIsNotLoggedWhenTheConnectionBreaks(AuthScheme authScheme, CapturedOutput output) {
		try (RawServer server = new RawServer(RawServer::reset)) {
			WebClientTransport transport = transport(server.url(), authScheme);
			assertThat(resultOf(transport)).isInstanceOf(DeliveryResult.Unavailable.class);
			deliver(transport);
		}
		assertThat(output).contains("can't take events").doesNotContain(KEY);
	}

	@Test
	void keyIsNotLoggedWhenNobodyAnswers(CapturedOutput output) throws IOException {
		URI nobody;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
		}
		deliver(transport(nobody));
		assertThat(output).contains("can't take events").doesNotContain(KEY);
	}

	@Test
	void keyIsNotLoggedWhenTheResponseIsTooLate(CapturedOutput output) {
		try (RawServer server = new RawServer((socket) -> {
		})) {
			deliver(transport(server.url(), SHORT));
		}
		assertThat(output).contains("no answer within").doesNotContain(KEY);
	}

	@Test
	void keyIsNotLoggedWhenTheResponseIsNoHttp(CapturedOutput output) {
		try (RawServer server = RawServer.responding("SSH-2.0-OpenSSH_9.2p1\r\n\r\n")) {
			deliver(transport(server.url(), SHORT));
		}
		assertThat(output).contains("can't take events").doesNotContain(KEY);
	}

	@Test
	void keyIsInNoStringRepresentation() {
		TransportSettings settings = settings(URI.create("http://127.0.0.1:1")).build();
		WebClientTransport transport = transport(settings);
		resultOf(transport);
		assertThat(settings.toString()).doesNotContain(KEY);
		assertThat(transport.toString()).doesNotContain(KEY);
		assertThat(dispatcher(transport).toString()).doesNotContain(KEY);
	}

	private WebClientTransport transport(URI url, AuthScheme authScheme) {
		return transport(settings(url).authScheme(authScheme).build());
	}

	/**
	 * Let a dispatcher meet the answer, which is none that it goes on after.
	 */
	private static void deliver(WebClientTransport transport) {
		EventDispatcher dispatcher = dispatcher(transport);
		dispatcher.record(event().event());
		Waiting.await().until(() -> dispatcher.getState() != DeliveryState.ACTIVE || dispatcher.getPending() == 0);
		dispatcher.destroy();
		assertThat(dispatcher.getStatistics().getDelivered()).isZero();
	}

	private static EventDispatcher dispatcher(WebClientTransport transport) {
		return new EventDispatcher(new DeliverySettings(10, 1, Duration.ZERO), transport);
	}

}
