// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base for contract tests between an {@link EventDispatcher} and a server: the requests
 * of the transport, and how the dispatcher handles the answers. A subclass supplies the
 * server.
 */
abstract class AbstractDeliveryContractTests extends AbstractWebClientTransportTests {

	private final List<EventDispatcher> dispatchers = new ArrayList<>();

	@AfterEach
	void closeDispatchers() {
		this.dispatchers.forEach(EventDispatcher::destroy);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void resultDecidesAboutTheEvent(ResponseDefinitionBuilder response, DeliveryState state, int delivered,
			int dropped) {
		respondWith(response);
		EventDispatcher dispatcher = dispatcher();
		dispatcher.record(event().event());
		Waiting.await().untilAsserted(() -> {
			assertThat(dispatcher.getState()).isEqualTo(state);
			assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(delivered);
			assertThat(dispatcher.getStatistics().getDropped(DropReason.REJECTED)).isEqualTo(dropped);
			assertThat(dispatcher.getPending()).isEqualTo(1 - delivered - dropped);
			assertThat(requests()).isNotEmpty();
		});
	}

	static Stream<Arguments> outcomes() {
		return Stream.of(Arguments.of(accepted(), DeliveryState.ACTIVE, 1, 0),
				Arguments.of(WireMock.okJson("{\"ok\":true,\"duplicate\":false,\"id\":\"e1\",\"cost\":0.1}"),
						DeliveryState.ACTIVE, 1, 0),
				Arguments.of(WireMock.okJson("{\"ok\":true,\"duplicate\":true}"), DeliveryState.ACTIVE, 1, 0),
				Arguments.of(WireMock.badRequest(), DeliveryState.ACTIVE, 0, 1),
				Arguments.of(WireMock.unauthorized(), DeliveryState.KEY_REFUSED, 0, 0),
				Arguments.of(WireMock.status(402), DeliveryState.PLAN_EXHAUSTED, 0, 0),
				Arguments.of(WireMock.status(429).withHeader("Retry-After", "60"), DeliveryState.WAITING, 0, 0),
				Arguments.of(WireMock.serverError(), DeliveryState.WAITING, 0, 0),
				Arguments.of(WireMock.notFound(), DeliveryState.MISDIRECTED, 0, 0),
				Arguments.of(html(200), DeliveryState.MISDIRECTED, 0, 0),
				Arguments.of(html(401), DeliveryState.MISDIRECTED, 0, 0),
				Arguments.of(html(402), DeliveryState.MISDIRECTED, 0, 0));
	}

	private static ResponseDefinitionBuilder html(int status) {
		return WireMock.status(status).withHeader("Content-Type", "text/html").withBody("<html></html>");
	}

	@ParameterizedTest
	@MethodSource("pauses")
	void eventsAreKeptWhileDeliveryIsPausedAndDeliveredAfterwards(ResponseDefinitionBuilder response,
			DeliveryState state) {
		respondWith(response);
		EventDispatcher dispatcher = dispatcher();
		record(dispatcher, 50);
		awaitPause(dispatcher, state);
		assertThat(dispatcher.getPending()).isEqualTo(50);
		assertThat(requests()).hasSizeLessThanOrEqualTo(MAX_CONNECTIONS);
		respondWith(accepted());
		dispatcher.resume();
		Waiting.await().untilAsserted(() -> assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(50));
		assertThat(requests().stream().map((request) -> request.getHeader("Idempotency-Key")).distinct()).hasSize(50);
		assertThat(dispatcher.getPending()).isZero();
	}

	static Stream<Arguments> pauses() {
		return Stream.of(
				Arguments.of(WireMock.jsonResponse("{\"error\":\"Inactive API key\"}", 401), DeliveryState.KEY_REFUSED),
				Arguments.of(WireMock.jsonResponse("{\"error\":\"Free plan quota exceeded\"}", 402),
						DeliveryState.PLAN_EXHAUSTED),
				Arguments.of(html(200), DeliveryState.MISDIRECTED));
	}

	@Test
	void stormOfRejectionsPausesDeliveryWhichKeepsTheRest() {
		respondWith(WireMock.jsonResponse("{\"error\":\"Invalid payload\"}", 400));
		EventDispatcher dispatcher = dispatcher();
		record(dispatcher, 50);
		awaitPause(dispatcher, DeliveryState.REJECTING);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.REJECTED)).isEqualTo(19);
		assertThat(dispatcher.getPending()).isEqualTo(31);
		respondWith(accepted());
		dispatcher.resume();
		Waiting.await().untilAsserted(() -> assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(31));
		assertThat(dispatcher.getPending()).isZero();
	}

	private static void record(EventDispatcher dispatcher, int events) {
		IntStream.range(0, events).forEach((i) -> dispatcher.record(event().event()));
	}

	private static void awaitPause(EventDispatcher dispatcher, DeliveryState state) {
		Waiting.await().until(() -> dispatcher.getState() == state && dispatcher.getStatus().inFlight() == 0);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void eventIsSentAgainAsItWasUntilItIsDelivered(ResponseDefinitionBuilder failure, Duration pause) {
		server().register(ingest().inScenario("failure")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("over")
			.willReturn(failure));
		EventDispatcher dispatcher = dispatcher(MODERATE);
		dispatcher.record(event().event());
		Waiting.await().untilAsserted(() -> assertThat(dispatcher.getStatistics().getDelivered()).isOne());
		assertThat(dispatcher.getState()).isEqualTo(DeliveryState.ACTIVE);
		assertThat(dispatcher.getPending()).isZero();
		assertThat(requests()).hasSizeGreaterThan(1);
		assertThat(requests()).extracting((request) -> request.getHeader("Idempotency-Key"))
			.containsOnly(requests().get(0).getHeader("Idempotency-Key"));
		assertThat(requests()).extracting(LoggedRequest::getBodyAsString)
			.containsOnly(requests().get(0).getBodyAsString());
		List<Instant> times = requests().stream()
			.map((request) -> request.getLoggedDate().toInstant())
			.sorted()
			.toList();
		assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(pause);
	}

	static Stream<Arguments> failures() {
		return Stream.of(Arguments.of(WireMock.serverError(), Duration.ZERO),
				Arguments.of(WireMock.status(429).withHeader("Retry-After", "1"), Duration.ofSeconds(1)),
				Arguments.of(accepted().withFixedDelay(5000), Duration.ZERO),
				Arguments.of(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), Duration.ZERO));
	}

	private EventDispatcher dispatcher() {
		return dispatcher(LONG);
	}

	private EventDispatcher dispatcher(Duration requestTimeout) {
		EventDispatcher dispatcher = new EventDispatcher(new DeliverySettings(50, MAX_CONNECTIONS, Duration.ZERO),
				transport(url(""), requestTimeout));
		this.dispatchers.add(dispatcher);
		return dispatcher;
	}

}
