// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.FakeTransport.Attempt;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryWorker} over hours of simulated time.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DeliveryWorkerTests {

	private static final DeliveryResult KEY_REFUSED = new DeliveryResult.KeyRefused("HTTP 401");

	private static final DeliveryResult PLAN_EXHAUSTED = new DeliveryResult.PlanExhausted("HTTP 402");

	private static final DeliveryResult MISDIRECTED = new DeliveryResult.Misdirected("HTTP 200");

	private static final DeliveryResult RETRY_LATER = new DeliveryResult.Unavailable("HTTP 429",
			Duration.ofSeconds(120));

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

	private final FakeTransport transport = FakeTransport.manual();

	private final EventQueue pending = new EventQueue(100);

	private final DeliveryGate gate = new DeliveryGate(3, () -> 1);

	private final DeliveryStatistics statistics = new DeliveryStatistics();

	private final DeliveryHistory history = new DeliveryHistory(InstantSource.system());

	private final DeliveryWorker worker = worker(new NoSpool(), this.transport);

	private final Thread thread = new Thread(this.worker);

	@AfterEach
	void stop() throws InterruptedException {
		this.worker.finishBy(this.now.get());
		this.thread.join();
	}

	@ParameterizedTest
	@MethodSource("waits")
	void eventsAreKeptUntilOneProbeSucceeds(DeliveryResult result, Duration wait) {
		start(20);
		this.transport.awaitAttempts(3).forEach((attempt) -> attempt.complete(result));
		Waiting.await().until(() -> this.gate.state() != DeliveryState.ACTIVE);
		elapse(wait.minusNanos(1));
		assertNoFurtherAttempt(3);
		elapse(Duration.ofNanos(1));
		Attempt probe = this.transport.awaitAttempt(4);
		assertNoFurtherAttempt(4);
		assertThat(this.pending.count()).isEqualTo(20);
		probe.complete(FakeTransport.ACCEPTED);
		IntStream.rangeClosed(5, 23)
			.forEach((number) -> this.transport.awaitAttempt(number).complete(FakeTransport.ACCEPTED));
		Waiting.await().until(() -> this.pending.count() == 0);
		assertThat(this.statistics.getDelivered()).isEqualTo(20);
		assertThat(this.transport.acceptedKeys()).hasSize(20);
		assertThat(this.gate.state()).isEqualTo(DeliveryState.ACTIVE);
	}

	@ParameterizedTest
	@MethodSource("waits")
	void probeThatFailsIsFollowedByAnotherOne(DeliveryResult result, Duration wait, Duration secondWait) {
		start(1);
		this.transport.awaitAttempt(1).complete(result);
		Waiting.await().until(() -> this.gate.state() != DeliveryState.ACTIVE);
		elapse(wait);
		this.transport.awaitAttempt(2).complete(result);
		Waiting.await().until(() -> this.gate.round() == 2);
		elapse(secondWait.minusNanos(1));
		assertNoFurtherAttempt(2);
		elapse(Duration.ofNanos(1));
		this.transport.awaitAttempt(3).complete(FakeTransport.ACCEPTED);
		Waiting.await().until(() -> this.pending.count() == 0);
		assertThat(this.transport.attempts()).extracting(Attempt::idempotencyKey)
			.containsOnly(this.transport.acceptedKeys().iterator().next());
	}

	static Stream<Arguments> waits() {
		return Stream.of(Arguments.of(KEY_REFUSED, Duration.ofSeconds(30), Duration.ofSeconds(60)),
				Arguments.of(PLAN_EXHAUSTED, Duration.ofMinutes(5), Duration.ofMinutes(10)),
				Arguments.of(MISDIRECTED, Duration.ofSeconds(30), Duration.ofSeconds(60)),
				Arguments.of(RETRY_LATER, Duration.ofSeconds(120), Duration.ofSeconds(120)),
				Arguments.of(FakeTransport.UNAVAILABLE, Duration.ofMillis(500), Duration.ofSeconds(1)));
	}

	@Test
	void untriedEventGoesAheadOfOneThatMayBeTheCause() {
		start(2);
		this.transport.awaitAttempts(2).forEach((attempt) -> attempt.complete(FakeTransport.UNAVAILABLE));
		Waiting.await().until(() -> this.gate.state() == DeliveryState.WAITING && this.transport.inFlight() == 0);
		offer(1);
		elapse(Duration.ofMillis(500));
		assertThat(this.transport.awaitAttempt(3).model()).isEqualTo("untried");
	}

	@Test
	void waitThatWasAskedForOutlastsSuccessesThatWereUnderWay() {
		start(20);
		Attempt first = this.transport.awaitAttempt(1);
		Attempt second = this.transport.awaitAttempt(2);
		Attempt third = this.transport.awaitAttempt(3);
		first.complete(RETRY_LATER);
		Waiting.await().until(() -> this.gate.state() == DeliveryState.WAITING);
		second.complete(FakeTransport.ACCEPTED);
		third.complete(FakeTransport.ACCEPTED);
		Waiting.await().until(() -> this.statistics.getDelivered() == 2);
		assertNoFurtherAttempt(3);
		elapse(Duration.ofSeconds(120));
		this.transport.awaitAttempt(4);
		assertNoFurtherAttempt(4);
	}

	@Test
	void endsWhenItsTimeIsUpThoughThereAreNoResults() throws InterruptedException {
		start(5);
		this.transport.awaitAttempts(3);
		this.worker.finishBy(this.now.get() + Duration.ofHours(1).toNanos());
		elapse(Duration.ofHours(1));
		this.thread.join();
		assertThat(this.pending.count()).isEqualTo(5);
	}

	@Test
	void sendsWhatIsBackedOffAtOnceWhenItIsToFinish() throws InterruptedException {
		start(2);
		IntStream.rangeClosed(1, 2)
			.forEach((number) -> this.transport.awaitAttempt(number).complete(FakeTransport.UNAVAILABLE));
		Waiting.await().until(() -> this.gate.state() == DeliveryState.WAITING && this.transport.inFlight() == 0);
		this.worker.finishBy(this.now.get() + Duration.ofSeconds(5).toNanos());
		this.transport.awaitAttempt(3).complete(FakeTransport.ACCEPTED);
		this.transport.awaitAttempt(4).complete(FakeTransport.ACCEPTED);
		this.thread.join();
		assertThat(this.statistics.getDelivered()).isEqualTo(2);
	}

	@Test
	void endsAsSoonAsNothingIsPending() throws InterruptedException {
		start(1);
		Attempt attempt = this.transport.awaitAttempt(1);
		this.worker.finishBy(this.now.get() + Duration.ofHours(1).toNanos());
		attempt.complete(FakeTransport.ACCEPTED);
		this.thread.join();
		assertThat(this.statistics.getDelivered()).isOne();
	}

	@Test
	void settlesResultsBeforeItEnds() throws InterruptedException {
		start(1);
		Attempt attempt = this.transport.awaitAttempt(1);
		this.worker.finishBy(this.now.get());
		this.thread.join();
		attempt.complete(FakeTransport.ACCEPTED);
		assertThat(this.statistics.getDelivered()).isZero();
		this.worker.run();
		assertThat(this.statistics.getDelivered()).isOne();
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void failureOfItsOwnIsReportedAndCostsNoEvent(CapturedOutput output) throws InterruptedException {
		FakeSpool spool = new FakeSpool();
		spool.onStore = () -> {
			throw new IllegalStateException("broken");
		};
		DeliveryWorker worker = worker(spool, FakeTransport.returning(FakeTransport.ACCEPTED));
		IntStream.range(0, 3).forEach((i) -> offer("model-" + i));
		Thread thread = new Thread(worker);
		thread.setDaemon(true);
		thread.start();
		Waiting.await().until(() -> {
			worker.wake();
			return this.statistics.getDelivered() == 3;
		});
		worker.finishBy(this.now.get());
		thread.join();
		assertThat(this.pending.count()).isZero();
		assertThat(output).containsOnlyOnce("Delivery to LLMtrack failed unexpectedly and goes on");
	}

	private void start(int events) {
		IntStream.range(0, events).forEach((i) -> offer("model-" + i));
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private DeliveryWorker worker(EventSpool spool, EventTransport transport) {
		return new DeliveryWorker(this.pending, spool, transport, this.gate, this.statistics,
				new DeliveryLog(this.now::get, this.history, true), this.history, new DeliveryListener() {
				}, this.now::get);
	}

	private void offer(int events) {
		IntStream.range(0, events).forEach((i) -> offer("untried"));
		this.worker.wake();
	}

	private void offer(String model) {
		this.pending.offer(new PendingEvent(AbstractEventDispatcherTests.event(model), Instant.now()));
	}

	private void elapse(Duration duration) {
		this.now.addAndGet(duration.toNanos());
		this.worker.wake();
	}

	private void assertNoFurtherAttempt(int attempts) {
		Waiting.awhile().until(() -> this.transport.attempts().size() == attempts);
	}

}
