// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the status of {@link EventDispatcher}, and for resuming and probing.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeliveryStatusTests extends AbstractEventDispatcherTests {

	@Test
	void statusFollowsDelivery() {
		Instant before = Instant.now();
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport);
		assertThat(dispatcher.getStatus().lastSuccess()).isNull();
		assertThat(dispatcher.getStatus().oldestPending()).isNull();
		record(dispatcher, 2);
		transport.awaitAttempts(2);
		DeliveryStatus sending = dispatcher.getStatus();
		assertThat(sending.inFlight()).isEqualTo(2);
		assertThat(sending.pending()).isEqualTo(2);
		assertThat(sending.oldestPending()).isBetween(before, Instant.now());
		transport.recover();
		awaitDelivered(dispatcher, 2);
		Waiting.await().untilAsserted(() -> {
			assertThat(dispatcher.getStatus().oldestPending()).isNull();
			assertThat(dispatcher.getStatus().inFlight()).isZero();
		});
		assertThat(dispatcher.getStatus().lastSuccess()).isBetween(before, Instant.now());
		assertThat(dispatcher.getStatus().state()).isEqualTo(DeliveryState.ACTIVE);
	}

	@Test
	void oldestPendingIsTheOldestOfThoseThatAreLeft() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 1);
		transport.awaitAttempts(1);
		Instant first = dispatcher.getStatus().oldestPending();
		Waiting.await().until(() -> Instant.now().isAfter(first));
		record(dispatcher, 1);
		transport.awaitAttempts(2);
		assertThat(dispatcher.getStatus().oldestPending()).isEqualTo(first);
		transport.awaitAttempt(1).complete(FakeTransport.ACCEPTED);
		Waiting.await().untilAsserted(() -> assertThat(dispatcher.getStatus().oldestPending()).isAfter(first));
	}

	@Test
	void stateHasABeginAndAProblem() {
		FakeTransport transport = FakeTransport.returning(new DeliveryResult.KeyRefused("HTTP 401"));
		EventDispatcher dispatcher = dispatcher(transport);
		Instant start = dispatcher.getStatus().since();
		Waiting.await().until(() -> Instant.now().isAfter(start));
		record(dispatcher, 1);
		Waiting.await().untilAsserted(() -> assertThat(dispatcher.getStatus().problems()).hasSize(1));
		DeliveryStatus status = dispatcher.getStatus();
		assertThat(status.state()).isEqualTo(DeliveryState.KEY_REFUSED);
		assertThat(status.since()).isAfter(start);
		DeliveryProblem problem = status.problems().get(0);
		assertThat(problem.time()).isAfterOrEqualTo(status.since());
		assertThat(problem.problem()).isEqualTo("LLMtrack refuses the key (HTTP 401)");
		assertThat(problem.remedy()).isEqualTo(DeliveryState.KEY_REFUSED.getRemedy());
	}

	@Test
	void stateBeginsWithTheDispatcherAndNotWhenItIsFirstAskedFor() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.manual());
		Instant created = Instant.now();
		Waiting.await().until(() -> Instant.now().isAfter(created));
		assertThat(dispatcher.getStatus().since()).isBeforeOrEqualTo(created);
	}

	@Test
	void nextAttemptIsKnownWhileNothingMayBeSent() {
		FakeTransport transport = FakeTransport.returning(new DeliveryResult.PlanExhausted("HTTP 402"));
		EventDispatcher dispatcher = dispatcher(transport);
		assertThat(dispatcher.getStatus().nextAttempt()).isNull();
		Instant before = Instant.now();
		record(dispatcher, 1);
		awaitState(dispatcher, DeliveryState.PLAN_EXHAUSTED);
		Duration pause = DeliveryState.PLAN_EXHAUSTED.delayAfter(1);
		assertThat(dispatcher.getStatus().nextAttempt()).isBetween(before.plus(pause).minusSeconds(1),
				Instant.now().plus(pause));
		transport.recover();
		dispatcher.resume();
		awaitState(dispatcher, DeliveryState.ACTIVE);
		assertThat(dispatcher.getStatus().nextAttempt()).isNull();
	}

	@Test
	void historyKeepsTheNewestProblemsFirst() {
		DeliveryHistory history = new DeliveryHistory(Instant::now);
		for (int i = 0; i < 30; i++) {
			history.add("problem " + i, "");
		}
		assertThat(history.problems()).hasSize(20).first().extracting(DeliveryProblem::problem).isEqualTo("problem 29");
	}

	@Test
	void resumeEndsAPause() {
		FakeTransport transport = new FakeTransport((attempt) -> attempt
			.complete((attempt.number() == 1) ? new DeliveryResult.PlanExhausted("HTTP 402") : FakeTransport.ACCEPTED));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 1);
		awaitState(dispatcher, DeliveryState.PLAN_EXHAUSTED);
		dispatcher.resume();
		awaitDelivered(dispatcher, 1);
		awaitState(dispatcher, DeliveryState.ACTIVE);
	}

	@Test
	void resumeThatFailsPausesAgain() {
		FakeTransport transport = FakeTransport.returning(new DeliveryResult.PlanExhausted("HTTP 402"));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 1);
		awaitState(dispatcher, DeliveryState.PLAN_EXHAUSTED);
		dispatcher.resume();
		transport.awaitAttempts(2);
		Waiting.awhile().untilAsserted(() -> assertThat(transport.attempts()).hasSize(2));
	}

	@Test
	void probeIsSentAtOnceAndCountsNowhere() {
		FakeTransport transport = FakeTransport.returning(new DeliveryResult.KeyRefused("HTTP 401"));
		EventDispatcher dispatcher = dispatcher(transport);
		assertThat(dispatcher.probe(event("probe")).toCompletableFuture())
			.isCompletedWithValue(new DeliveryResult.KeyRefused("HTTP 401"));
		assertThat(dispatcher.getState()).isEqualTo(DeliveryState.ACTIVE);
		assertThat(dispatcher.getStatistics().getRecorded()).isZero();
		assertThat(dispatcher.getPending()).isZero();
	}

	@Test
	void probeThatTheTransportRefusesFails() {
		EventDispatcher dispatcher = dispatcher(new FakeTransport((attempt) -> {
			throw new IllegalStateException("closed");
		}));
		assertThat(dispatcher.probe(event("probe")).toCompletableFuture()).isCompletedExceptionally();
	}

	@Test
	void listenersAreToldOfEachEvent() {
		List<String> told = Collections.synchronizedList(new ArrayList<>());
		EventDispatcher dispatcher = dispatcher(FakeTransport.returning(FakeTransport.ACCEPTED));
		dispatcher.addListener(new DeliveryListener() {
			@Override
			public void recorded(LlmUsageEvent event) {
				told.add("recorded " + event.model());
			}

			@Override
			public void delivered(LlmUsageEvent event, DeliveryResult.Accepted result, Duration age) {
				told.add("delivered " + event.model() + " " + !age.isNegative());
			}
		});
		record(dispatcher, 1);
		Waiting.await()
			.untilAsserted(() -> assertThat(told).containsExactly("recorded model-0", "delivered model-0 true"));
	}

	@Test
	void listenerThatThrowsHarmsNeitherCallersNorDeliveryNorOtherListeners(CapturedOutput output) {
		List<String> told = Collections.synchronizedList(new ArrayList<>());
		EventDispatcher dispatcher = dispatcher(FakeTransport.returning(FakeTransport.ACCEPTED));
		dispatcher.addListener(new DeliveryListener() {
			@Override
			public void recorded(LlmUsageEvent event) {
				throw new IllegalStateException("listener");
			}

			@Override
			public void delivered(LlmUsageEvent event, DeliveryResult.Accepted result, Duration age) {
				throw new NoClassDefFoundError("listener");
			}
		});
		dispatcher.addListener(new DeliveryListener() {
			@Override
			public void recorded(LlmUsageEvent event) {
				told.add(event.model());
			}
		});
		record(dispatcher, 3);
		awaitDelivered(dispatcher, 3);
		assertThat(told).containsExactly("model-0", "model-1", "model-2");
		assertThat(output).containsOnlyOnce("A listener to the delivery to LLMtrack failed").doesNotContain("ERROR");
	}

}
