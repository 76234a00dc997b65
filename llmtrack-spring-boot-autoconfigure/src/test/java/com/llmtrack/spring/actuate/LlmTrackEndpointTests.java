// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import com.llmtrack.spring.LlmTrackVersion;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.actuate.LlmTrackEndpoint.Action;
import com.llmtrack.spring.actuate.LlmTrackEndpoint.Connection;
import com.llmtrack.spring.actuate.LlmTrackEndpoint.TestResult;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.Waiting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmTrackEndpoint}, {@link DeliveryHealth} and
 * {@link LlmTrackHealthIndicator}.
 */
class LlmTrackEndpointTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final EventDispatcher dispatcher = new EventDispatcher(new DeliverySettings(100, 4, Duration.ofMillis(100)),
			this.transport);

	private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();

	private final LlmTrackEndpoint endpoint = new LlmTrackEndpoint(this.dispatcher, Budgets.none(), null,
			this.connection::get, "database", "staging");

	private final LlmTrackHealthIndicator health = new LlmTrackHealthIndicator(
			new DeliveryHealth(this.dispatcher, Budgets.none(), "UNKNOWN"));

	@AfterEach
	void stop() {
		this.transport.failure = null;
		this.transport.answer = new DeliveryResult.Accepted(false);
		this.dispatcher.resume();
		this.dispatcher.destroy();
	}

	private void record() {
		this.dispatcher.record(LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.feature("support-chat")
			.tokens(1L, 2L, 3L)
			.build());
	}

	private TestResult test() {
		TestResult result = this.endpoint.perform(Action.TEST);
		assertThat(result).isNotNull();
		return result;
	}

	private void pauseBy(DeliveryResult answer) {
		this.transport.answer = answer;
		record();
		Waiting.await().until(() -> !this.dispatcher.getStatus().problems().isEmpty());
	}

	@Test
	void spoolIsShown() {
		assertThat(this.endpoint.report().spool()).isEqualTo("database");
	}

	@Test
	void connectionIsTheOneInForce() {
		URI baseUrl = URI.create("https://llmtrack.example.com");
		assertThat(this.endpoint.report().connection()).isNull();
		this.connection.set(Connection.of(baseUrl, "long-enough-to-show-its-end-0123"));
		assertThat(this.endpoint.report().connection()).isEqualTo(new Connection(baseUrl, "\u20260123"));
		this.connection.set(Connection.of(baseUrl, "another-long-enough-key-4567"));
		assertThat(this.endpoint.report().connection()).isEqualTo(new Connection(baseUrl, "\u20264567"));
		this.connection.set(Connection.of(baseUrl, null));
		assertThat(this.endpoint.report().connection()).isEqualTo(new Connection(baseUrl, null));
	}

	@Test
	void nothingOfAShortKeyIsShown() {
		assertThat(Connection.of(URI.create("https://llmtrack.example.com"), "short-key-01234").apiKey())
			.isEqualTo("\u2026");
	}

	@Test
	void versionIsReported() {
		assertThat(this.endpoint.report().version()).isEqualTo(LlmTrackVersion.get());
	}

	@Test
	void totalsAreByFeatureModelAndStatus() {
		this.transport.answer = new DeliveryResult.Accepted(false, new BigDecimal("0.25"), false, null);
		record();
		record();
		Waiting.await()
			.untilAsserted(() -> assertThat(this.endpoint.report().totals()).singleElement()
				.isEqualTo(new UsageTotals.Total("support-chat", "openai", "gpt-4o-mini", "success", 2, 6,
						new BigDecimal("0.50"))));
	}

	@Test
	void costThatLlmTrackDoesNotSayIsUnknown() {
		record();
		Waiting.await().until(() -> this.dispatcher.getStatistics().getDelivered() == 1);
		assertThat(this.endpoint.report().totals()).singleElement().extracting("cost").isNull();
	}

	@Test
	void pauseIsShownWithItsCauseAndRemedy() {
		pauseBy(new DeliveryResult.KeyRefused("HTTP 401"));
		LlmTrackEndpoint.Report report = this.endpoint.report();
		assertThat(report.delivery().state()).isEqualTo("key_refused");
		assertThat(report.delivery().remedy()).contains("llmtrack.api-key");
		assertThat(report.delivery().since()).isNotNull();
		assertThat(report.delivery().nextAttempt()).isNotNull();
		assertThat(report.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.problem()).contains("LLMtrack refuses the key", "HTTP 401");
			assertThat(problem.remedy()).contains("llmtrack.api-key");
		});
		Waiting.await().untilAsserted(() -> assertThat(this.endpoint.report().events()).containsEntry("pending", 1));
	}

	@Test
	void eventsThatOtherInstancesDeliverAreShown() {
		this.transport.answer = new DeliveryResult.KeyRefused("HTTP 401");
		EventDispatcher ceding = new EventDispatcher(new DeliverySettings(100, 4, Duration.ZERO), this.transport,
				new CedingSpool());
		LlmTrackEndpoint endpoint = new LlmTrackEndpoint(ceding, Budgets.none(), null, () -> null, null, null);
		ceding.record(LlmUsageEvent.builder().model("gpt-4o-mini").build());
		Waiting.await()
			.untilAsserted(() -> assertThat(endpoint.report().events()).containsEntry("ceded", 1L)
				.containsEntry("pending", 0));
		ceding.destroy();
	}

	@Test
	void resumeEndsAPauseAtOnce() {
		pauseBy(new DeliveryResult.PlanExhausted("HTTP 402"));
		this.transport.answer = new DeliveryResult.Accepted(false);
		assertThat(this.endpoint.perform(Action.RESUME)).isNull();
		Waiting.await().until(() -> this.dispatcher.getStatistics().getDelivered() == 1);
		Waiting.await().untilAsserted(() -> assertThat(this.endpoint.report().delivery().state()).isEqualTo("active"));
		assertThat(this.endpoint.report().delivery().lastSuccess()).isNotNull();
		assertThat(this.endpoint.report().delivery().nextAttempt()).isNull();
	}

	@Test
	void resumeBeforeTheFirstEventDoesNoHarm() {
		assertThat(this.endpoint.perform(Action.RESUME)).isNull();
		record();
		Waiting.await().until(() -> this.dispatcher.getStatistics().getDelivered() == 1);
	}

	@Test
	void testEventIsSentWhateverTheStateAndNotCounted() {
		pauseBy(new DeliveryResult.KeyRefused("HTTP 401"));
		int sent = this.transport.sent.size();
		assertThat(test().result()).isEqualTo("key_refused");
		this.transport.answer = new DeliveryResult.Accepted(false);
		TestResult result = test();
		assertThat(result.result()).isEqualTo("accepted");
		assertThat(result.remedy()).contains("resume");
		assertThat(this.transport.sent).hasSize(sent + 2);
		assertThat(this.transport.sent.get(sent).event().feature()).isEqualTo("llmtrack-test");
		assertThat(this.transport.sent.get(sent).event().environment()).isEqualTo("staging");
		assertThat(this.dispatcher.getStatistics().getRecorded()).isEqualTo(1);
		assertThat(this.endpoint.report().delivery().state()).isEqualTo("key_refused");
	}

	@Test
	void testEventSaysWhatLlmTrackSaid() {
		assertThat(test()).isEqualTo(new TestResult("accepted", "", ""));
		assertThat(resultOf(new DeliveryResult.PlanExhausted("HTTP 402"))).isEqualTo("plan_exhausted");
		assertThat(resultOf(new DeliveryResult.Misdirected("HTTP 404"))).isEqualTo("misdirected");
		assertThat(resultOf(new DeliveryResult.Rejected("HTTP 400"))).isEqualTo("rejected");
		assertThat(resultOf(new DeliveryResult.Unavailable("HTTP 500", null))).isEqualTo("unavailable");
		this.transport.answer = new DeliveryResult.Accepted(false, null, false, "other model");
		assertThat(test().problem()).contains("other model");
	}

	private String resultOf(DeliveryResult answer) {
		this.transport.answer = answer;
		TestResult result = test();
		assertThat(result.problem()).contains(answer.problem());
		assertThat(result.remedy()).isNotEmpty().doesNotContain("Sending is paused", "Retrying");
		return result.result();
	}

	@Test
	void testEventSurvivesATransportThatThrows() {
		this.transport.failure = new IllegalStateException("closed");
		assertThat(test().problem()).contains("IllegalStateException");
	}

	@Test
	void healthIsUpWhileEventsAreTaken() {
		record();
		Waiting.await().until(() -> this.dispatcher.getStatistics().getDelivered() == 1);
		Health health = this.health.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("state", "active")
			.containsEntry("delivered", 1L)
			.containsEntry("dropped", 0L)
			.containsKeys("since", "pending", "lastSuccess")
			.doesNotContainKeys("remedy", "lastProblem");
	}

	@Test
	void healthSaysWhatIsWrongAndWhatToDo() {
		pauseBy(new DeliveryResult.PlanExhausted("HTTP 402"));
		Health health = this.health.health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsEntry("state", "plan_exhausted")
			.containsKeys("lastProblemAt", "nextAttempt");
		assertThat(health.getDetails().get("lastProblem")).asString().contains("plan limit", "HTTP 402");
		assertThat(health.getDetails().get("remedy")).asString().contains("upgrade the plan");
	}

	@Test
	void recoveredHealthHasNothingToDo() {
		pauseBy(new DeliveryResult.PlanExhausted("HTTP 402"));
		this.transport.answer = new DeliveryResult.Accepted(false);
		this.dispatcher.resume();
		Waiting.await().untilAsserted(() -> assertThat(this.health.health().getStatus()).isEqualTo(Status.UP));
		assertThat(this.health.health().getDetails()).containsKey("lastProblem")
			.doesNotContainKeys("remedy", "nextAttempt");
	}

}
