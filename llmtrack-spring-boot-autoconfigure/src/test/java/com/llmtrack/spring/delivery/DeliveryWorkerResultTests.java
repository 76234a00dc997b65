// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.FakeTransport.Attempt;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how {@link DeliveryWorker} handles results: rejections in a row, events that
 * fail repeatedly, costs and warnings.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DeliveryWorkerResultTests {

	private static final DeliveryResult REJECTED = new DeliveryResult.Rejected("HTTP 400, field: model");

	private final AtomicLong now = new AtomicLong();

	private volatile boolean broken = true;

	private volatile DeliveryResult special = FakeTransport.ACCEPTED;

	private final FakeTransport transport = new FakeTransport(this::complete);

	private final EventQueue pending = new EventQueue(1_000);

	private final DeliveryGate gate = new DeliveryGate(3, () -> 0);

	private final DeliveryStatistics statistics = new DeliveryStatistics();

	private final DeliveryHistory history = new DeliveryHistory(InstantSource.system());

	private final DeliveryWorker worker = new DeliveryWorker(this.pending, new NoSpool(), this.transport, this.gate,
			this.statistics, new DeliveryLog(this.now::get, this.history, true), this.history, new DeliveryListener() {
			}, this.now::get);

	private final Thread thread = new Thread(this.worker);

	@AfterEach
	void nothingIsLost() throws InterruptedException {
		this.worker.finishBy(this.now.get());
		this.thread.join();
		long dropped = Arrays.stream(DropReason.values()).mapToLong(this.statistics::getDropped).sum();
		assertThat(this.statistics.getDelivered() + dropped + this.pending.count())
			.isEqualTo(this.statistics.getRecorded());
	}

	@Test
	void eventsAreKeptOnceTwentyWereRejectedInARow(CapturedOutput output) {
		record("rejected", 100);
		start();
		Waiting.await().until(() -> this.gate.state() == DeliveryState.REJECTING && this.transport.inFlight() == 0);
		assertThat(this.statistics.getDropped(DropReason.REJECTED)).isEqualTo(19);
		elapse(Duration.ofSeconds(30));
		Waiting.await().until(() -> this.gate.round() == 2);
		assertThat(this.statistics.getDropped(DropReason.REJECTED)).isEqualTo(19);
		this.broken = false;
		elapse(Duration.ofSeconds(60));
		Waiting.await().until(() -> this.statistics.getDelivered() == 81);
		Waiting.await()
			.untilAsserted(() -> assertThat(output)
				.contains("rejects one event after the other (HTTP 400, field: model)", "LLMtrack takes events again"));
	}

	@Test
	void poisonousEventIsGivenUpWhileOthersAreTaken(CapturedOutput output) {
		record("poisonous", 1);
		start();
		for (int i = 1; i <= 9; i++) {
			awaitFurtherFailure();
			assertThat(this.statistics.getDropped(DropReason.FAILED)).isZero();
			int delivered = i;
			record("model", 1);
			this.worker.wake();
			Waiting.await().until(() -> this.statistics.getDelivered() == delivered);
		}
		Waiting.await().until(() -> this.statistics.getDropped(DropReason.FAILED) == 1);
		Waiting.await()
			.untilAsserted(() -> assertThat(output).contains("LLMtrack failed on an event again and again",
					"model=poisonous"));
		assertThat(this.pending.count()).isZero();
	}

	private void awaitFurtherFailure() {
		int attempts = this.transport.attempts().size();
		Waiting.await().until(() -> this.transport.attempts().size() > attempts + 1);
	}

	@ParameterizedTest
	@MethodSource("resultsOfFirewalls")
	void eventThatPausesDeliveryAgainAndAgainIsPoisonousToo(DeliveryResult result) {
		this.special = result;
		record("special", 1);
		start();
		for (int i = 1; i <= 9; i++) {
			int attempts = i;
			Waiting.await().until(() -> this.gate.round() >= attempts && this.transport.inFlight() == 0);
			assertThat(this.statistics.getDropped(DropReason.FAILED)).isZero();
			record("model", 1);
			elapse(Duration.ofMinutes(15));
			Waiting.await().until(() -> this.statistics.getDelivered() >= attempts);
		}
		Waiting.await().until(() -> this.statistics.getDropped(DropReason.FAILED) == 1);
		assertThat(this.pending.count()).isZero();
	}

	static Stream<DeliveryResult> resultsOfFirewalls() {
		return Stream.of(new DeliveryResult.Misdirected("HTTP 403"), new DeliveryResult.KeyRefused("HTTP 403"));
	}

	@ParameterizedTest
	@MethodSource("resultsForAll")
	void eventThatHasToWaitAsAllOthersIsNotPoisonous(DeliveryResult result) {
		this.special = result;
		record("special", 1);
		start();
		for (int i = 1; i <= 30; i++) {
			int attempts = i;
			Waiting.await().until(() -> this.gate.round() >= attempts && this.transport.inFlight() == 0);
			record("model", 1);
			elapse(Duration.ofMinutes(5));
			Waiting.await().until(() -> this.statistics.getDelivered() >= attempts);
		}
		assertThat(this.statistics.getDropped(DropReason.FAILED)).isZero();
	}

	static Stream<DeliveryResult> resultsForAll() {
		return Stream.of(new DeliveryResult.Unavailable("HTTP 429", Duration.ofSeconds(1)),
				new DeliveryResult.PlanExhausted("HTTP 402"));
	}

	@Test
	void costsAreAddedUp() {
		record("priced", 3);
		record("model", 2);
		start();
		Waiting.await().until(() -> this.statistics.getDelivered() == 5);
		Waiting.await().untilAsserted(() -> assertThat(this.statistics.getCost()).isEqualByComparingTo("0.0003"));
	}

	@Test
	void warningsOfResultsAreReportedOnce(CapturedOutput output) {
		record("unpriced", 3);
		record("hidden", 3);
		start();
		Waiting.await().until(() -> this.statistics.getDelivered() == 6);
		Waiting.await()
			.untilAsserted(
					() -> assertThat(AbstractEventDispatcherTests.occurrences(output, "in the dashboard (source)"))
						.isOne());
		assertThat(AbstractEventDispatcherTests.occurrences(output, "no price for openai/unpriced")).isOne();

	}

	@Test
	void duplicatesAreDeliveredAndCounted() {
		record("duplicate", 2);
		record("model", 1);
		start();
		Waiting.await().until(() -> this.statistics.getDelivered() == 3);
		assertThat(this.statistics.getDuplicates()).isEqualTo(2);
	}

	private void complete(Attempt attempt) {
		attempt.complete(switch (attempt.model()) {
			case "rejected" -> this.broken ? REJECTED : FakeTransport.ACCEPTED;
			case "poisonous" -> FakeTransport.UNAVAILABLE;
			case "special" -> this.special;
			case "priced" -> new DeliveryResult.Accepted(false, new BigDecimal("0.0001"), false, null);
			case "unpriced" -> new DeliveryResult.Accepted(false, null, true, null);
			case "hidden" -> new DeliveryResult.Accepted(false, null, false, "source");
			case "duplicate" -> new DeliveryResult.Accepted(true);
			default -> FakeTransport.ACCEPTED;
		});
	}

	private void record(String model, int events) {
		LlmUsageEvent event = AbstractEventDispatcherTests.event(model);
		IntStream.range(0, events).forEach((i) -> {
			this.statistics.countRecorded();
			this.pending.offer(new PendingEvent(event, Instant.now()));
		});
	}

	private void start() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void elapse(Duration duration) {
		this.now.addAndGet(duration.toNanos());
		this.worker.wake();
	}

}
