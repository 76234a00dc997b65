// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import com.llmtrack.spring.delivery.FakeTransport.Attempt;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventDispatcher} when it is stopped, started again and destroyed.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(20)
class EventDispatcherShutdownTests extends AbstractEventDispatcherTests {

	private static final DeliverySettings NO_TIME = new DeliverySettings(100, MAX_IN_FLIGHT, Duration.ZERO);

	private static final DeliverySettings ONE_HOUR = new DeliverySettings(100, MAX_IN_FLIGHT, Duration.ofHours(1));

	@Test
	void stopDeliversWhatIsPendingAndEndsTheThread() {
		FakeTransport transport = new FakeTransport(
				(attempt) -> attempt.result().completeAsync(() -> FakeTransport.ACCEPTED));
		EventDispatcher dispatcher = dispatcher(transport, ONE_HOUR);
		record(dispatcher, 100);
		dispatcher.stop();
		assertThat(dispatcher.isRunning()).isFalse();
		assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(100);
		this.threads.awaitEnd();
	}

	@Test
	void stopWaitsForWhatIsUnderWay() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, ONE_HOUR);
		record(dispatcher, 1);
		Attempt attempt = transport.awaitAttempt(1);
		CompletableFuture<Void> stop = CompletableFuture.runAsync(dispatcher::stop);
		Waiting.awhile().until(() -> !stop.isDone());
		attempt.complete(FakeTransport.ACCEPTED);
		stop.join();
		assertThat(dispatcher.getStatistics().getDelivered()).isOne();
	}

	@Test
	void stopEndsInTimeThoughTheTransportIsDead() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport,
				new DeliverySettings(100, MAX_IN_FLIGHT, Duration.ofMillis(100)));
		record(dispatcher, 10);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		dispatcher.stop();
		assertThat(dispatcher.getPending()).isEqualTo(10);
		assertThat(transport.attempts()).hasSize(MAX_IN_FLIGHT);
		this.threads.awaitEnd();
	}

	@Test
	void stopAndDestroyShareOneTimeout() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport,
				new DeliverySettings(100, MAX_IN_FLIGHT, Duration.ofSeconds(2)));
		record(dispatcher, 1);
		transport.awaitAttempts(1);
		long begin = System.nanoTime();
		dispatcher.stop();
		long stopped = System.nanoTime();
		dispatcher.destroy();
		assertThat(System.nanoTime() - stopped).isLessThan((stopped - begin) / 2);
	}

	@Test
	void stopDoesNotWaitWhileSendingIsPaused() {
		FakeTransport transport = FakeTransport.returning(new DeliveryResult.KeyRefused("HTTP 401"));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 10);
		awaitState(dispatcher, DeliveryState.KEY_REFUSED);
		int attempts = transport.attempts().size();
		dispatcher.stop();
		assertThat(dispatcher.getPending()).isEqualTo(10);
		assertThat(transport.attempts()).hasSize(attempts);
	}

	@Test
	void stopDoesNotWaitForLongerThanLlmTrackAskedFor() {
		FakeTransport transport = FakeTransport
			.returning(new DeliveryResult.Unavailable("HTTP 503", Duration.ofMinutes(1)));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 1);
		awaitState(dispatcher, DeliveryState.WAITING);
		dispatcher.stop();
		assertThat(dispatcher.getPending()).isOne();
		assertThat(transport.attempts()).hasSize(1);
	}

	@Test
	void stopSendsWhatIsBackedOff() {
		FakeTransport transport = new FakeTransport((attempt) -> attempt
			.complete((attempt.number() < 2) ? FakeTransport.UNAVAILABLE : FakeTransport.ACCEPTED));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 3);
		transport.awaitAttempts(1);
		dispatcher.stop();
		assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(3);
	}

	@Test
	void stopWithoutEventsStartsNoThread() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.manual(), ONE_HOUR);
		dispatcher.stop();
		dispatcher.stop();
		dispatcher.destroy();
		dispatcher.destroy();
		assertThat(this.threads.started()).isEmpty();
	}

	@Test
	void whatIsRecordedAfterStopIsDeliveredAfterStart() {
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 5);
		dispatcher.stop();
		this.threads.awaitEnd();
		record(dispatcher, 5);
		assertThat(this.threads.started()).isEmpty();
		assertThat(dispatcher.getPending()).isEqualTo(5);
		dispatcher.start();
		awaitDelivered(dispatcher, 10);
		assertThat(transport.acceptances()).isEqualTo(10);
	}

	@Test
	void firstEventOfAllAfterStopIsDeliveredAfterStart() {
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		EventDispatcher dispatcher = dispatcher(transport);
		dispatcher.stop();
		record(dispatcher, 1);
		assertThat(this.threads.started()).isEmpty();
		assertThat(dispatcher.getPending()).isOne();
		dispatcher.start();
		awaitDelivered(dispatcher, 1);
	}

	@Test
	void whatIsRecordedAfterStopIsDeliveredByDestroy() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.returning(FakeTransport.ACCEPTED));
		dispatcher.stop();
		record(dispatcher, 5);
		dispatcher.destroy();
		assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(5);
	}

	@Test
	void whatIsUnderWayAtStopIsNotSentAgainByStart() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, NO_TIME);
		record(dispatcher, 2);
		transport.awaitAttempts(2);
		dispatcher.stop();
		dispatcher.start();
		transport.attempts().forEach((attempt) -> attempt.complete(FakeTransport.ACCEPTED));
		awaitDelivered(dispatcher, 2);
		assertThat(transport.attempts()).hasSize(2);
	}

	@Test
	void resultThatArrivesBetweenStopAndDestroyCounts(CapturedOutput output) {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, NO_TIME);
		record(dispatcher, 1);
		Attempt attempt = transport.awaitAttempt(1);
		dispatcher.stop();
		this.threads.awaitEnd();
		attempt.complete(FakeTransport.ACCEPTED);
		dispatcher.destroy();
		assertThat(dispatcher.getStatistics().getDelivered()).isOne();
		assertThat(output).doesNotContain("lost");
	}

	@Test
	void failureAfterTheTimeIsUpIsNoProblemOfDelivery(CapturedOutput output) {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, NO_TIME);
		record(dispatcher, 1);
		Attempt attempt = transport.awaitAttempt(1);
		dispatcher.stop();
		this.threads.awaitEnd();
		attempt.complete(FakeTransport.UNAVAILABLE);
		dispatcher.destroy();
		this.threads.awaitEnd();
		assertThat(output).contains("1 events were not delivered").doesNotContain("can't take events right now");
	}

	@Test
	void whatIsLeftAtTheEndIsCountedAndReportedOnce(CapturedOutput output) {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, NO_TIME);
		record(dispatcher, 10);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		dispatcher.stop();
		assertThat(dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isZero();
		dispatcher.destroy();
		dispatcher.destroy();
		assertThat(dispatcher.getPending()).isZero();
		assertThat(dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isEqualTo(10);
		assertThat(occurrences(output, "10 events were not delivered")).isOne();
		assertThat(occurrences(output, "lost")).isOne();
	}

	@Test
	void resultThatArrivesAfterTheEndIsNotCountedTwice() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, ONE_HOUR);
		record(dispatcher, 1);
		Attempt attempt = transport.awaitAttempt(1);
		Thread.currentThread().interrupt();
		dispatcher.stop();
		dispatcher.destroy();
		assertThat(Thread.interrupted()).isTrue();
		attempt.complete(FakeTransport.ACCEPTED);
		this.threads.awaitEnd();
		assertThat(dispatcher.getPending()).isZero();
		awaitBalance(dispatcher);
	}

	@Test
	void interruptedDestroyLeavesNoThread() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport, ONE_HOUR);
		record(dispatcher, 1);
		transport.awaitAttempt(1);
		Thread.currentThread().interrupt();
		dispatcher.destroy();
		assertThat(Thread.interrupted()).isTrue();
		this.threads.awaitEnd();
	}

	@Test
	void whatIsRecordedAfterTheEndIsCountedAndSaidToBeLostOnce(CapturedOutput output) {
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		EventDispatcher dispatcher = dispatcher(transport);
		dispatcher.destroy();
		record(dispatcher, 3);
		assertThat(dispatcher.getPending()).isZero();
		assertThat(dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isEqualTo(3);
		assertThat(transport.attempts()).isEmpty();
		assertThat(output).containsOnlyOnce("WARN")
			.containsOnlyOnce("ended after the application context was closed; their events are lost (1 events")
			.contains("set llmtrack.spool.directory");
	}

	@Test
	void whatIsJustBeingRecordedAtTheEndIsSaidToBeLost(CapturedOutput output) {
		EventDispatcher dispatcher = dispatcher(FakeTransport.returning(FakeTransport.ACCEPTED));
		HeldRecording recording = HeldRecording.begin(dispatcher);
		dispatcher.destroy();
		assertThat(output).doesNotContain("lost");
		recording.end();
		assertThat(dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isOne();
		assertThat(output).containsOnlyOnce("their events are lost (1 events");
	}

	@Test
	void whatIsRecordedDuringTheEndIsCounted() {
		for (int i = 0; i < 50; i++) {
			EventDispatcher dispatcher = dispatcher(FakeTransport.manual(), NO_TIME);
			AtomicBoolean destroyed = new AtomicBoolean();
			CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
				while (!destroyed.get()) {
					record(dispatcher, 1);
				}
			});
			Waiting.await().until(() -> dispatcher.getStatistics().getRecorded() > 0);
			dispatcher.destroy();
			destroyed.set(true);
			producer.join();
			assertThat(dispatcher.getPending()).isZero();
			awaitBalance(dispatcher);
		}
	}

}
