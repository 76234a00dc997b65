// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.FakeTransport.Attempt;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link EventDispatcher} while it runs.
 */
@Timeout(60)
class EventDispatcherTests extends AbstractEventDispatcherTests {

	@Test
	void startsNoThreadBeforeTheFirstEvent() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.manual());
		assertThat(dispatcher.isRunning()).isTrue();
		dispatcher.stop();
		dispatcher.start();
		assertThat(this.threads.started()).isEmpty();
		record(dispatcher, 1);
		assertThat(this.threads.started()).hasSize(1);
	}

	@Test
	void deliversOnADaemonThreadOfItsOwn() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.manual());
		record(dispatcher, 10);
		assertThat(this.threads.started()).singleElement().satisfies((thread) -> {
			assertThat(thread.isDaemon()).isTrue();
			assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
		});
	}

	@Test
	void threadTakesNothingOverFromTheOneThatStartsIt() throws InterruptedException {
		InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
		ClassLoader ofApplication = new ClassLoader() {
		};
		AtomicReference<String> seen = new AtomicReference<>();
		AtomicReference<ClassLoader> classLoader = new AtomicReference<>();
		FakeTransport transport = new FakeTransport((attempt) -> {
			seen.set(request.get());
			classLoader.set(Thread.currentThread().getContextClassLoader());
			attempt.complete(FakeTransport.ACCEPTED);
		});
		EventDispatcher dispatcher = dispatcher(transport);
		Thread caller = new Thread(() -> {
			request.set("content of a request");
			record(dispatcher, 1);
		});
		caller.setPriority(Thread.MAX_PRIORITY);
		caller.setContextClassLoader(ofApplication);
		caller.start();
		caller.join();
		awaitDelivered(dispatcher, 1);
		assertThat(seen).hasValue(null);
		assertThat(classLoader).hasValue(EventDispatcher.class.getClassLoader());
		assertThat(this.threads.started()).extracting(Thread::getPriority).containsOnly(Thread.NORM_PRIORITY);
	}

	@Test
	void deliversWhatIsRecorded() {
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 50);
		awaitDelivered(dispatcher, 50);
		assertThat(transport.attempts()).extracting(Attempt::model)
			.containsExactlyElementsOf(IntStream.range(0, 50).mapToObj((i) -> "model-" + i).toList());
	}

	@Test
	void duplicateCountsAsDelivered() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.returning(new DeliveryResult.Accepted(true)));
		record(dispatcher, 1);
		awaitDelivered(dispatcher, 1);
	}

	@Test
	void callerDoesNotWaitForATransportThatBlocks() {
		CountDownLatch recorded = new CountDownLatch(1);
		FakeTransport transport = new FakeTransport((attempt) -> {
			await(recorded);
			attempt.complete(FakeTransport.ACCEPTED);
		});
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 150);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isEqualTo(50);
		recorded.countDown();
		awaitDelivered(dispatcher, 100);
	}

	@Test
	void interruptedCallerKeepsItsFlag() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.returning(FakeTransport.ACCEPTED));
		Thread.currentThread().interrupt();
		record(dispatcher, 200);
		assertThat(Thread.interrupted()).isTrue();
		awaitBalance(dispatcher);
		assertThat(dispatcher.getStatistics().getRecorded()).isEqualTo(200);
	}

	@Test
	void interruptOfItsThreadNeitherEndsDeliveryNorKeepsItBusy() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.returning(FakeTransport.ACCEPTED));
		record(dispatcher, 1);
		awaitDelivered(dispatcher, 1);
		Thread thread = this.threads.started().iterator().next();
		thread.interrupt();
		Waiting.await().until(() -> !thread.isInterrupted());
		record(dispatcher, 1);
		awaitDelivered(dispatcher, 2);
		assertThat(this.threads.started()).containsExactly(thread);
	}

	@Test
	void boundsWhatIsUnderWay() {
		FakeTransport transport = FakeTransport.manual();
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 20);
		transport.awaitAttempts(MAX_IN_FLIGHT);
		Waiting.awhile().until(() -> transport.attempts().size() == MAX_IN_FLIGHT);
		for (int i = 1; i <= 20; i++) {
			transport.awaitAttempt(i).complete(FakeTransport.ACCEPTED);
		}
		awaitDelivered(dispatcher, 20);
		assertThat(transport.maxInFlight()).isEqualTo(MAX_IN_FLIGHT);
	}

	@Test
	void lostResponsesToAFewDoNotHoldUpTheOthers() {
		FakeTransport transport = new FakeTransport((attempt) -> {
			if (!attempt.model().equals("model-1")) {
				attempt.complete(FakeTransport.ACCEPTED);
			}
		});
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 20);
		awaitDelivered(dispatcher, 19);
		assertThat(dispatcher.getPending()).isOne();
	}

	@Test
	void idempotencyKeyIsTheEventsForLife() {
		FakeTransport transport = new FakeTransport((attempt) -> attempt
			.complete((attempt.number() < 2) ? FakeTransport.UNAVAILABLE : FakeTransport.ACCEPTED));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 2);
		awaitDelivered(dispatcher, 2);
		List<Attempt> attempts = transport.attempts();
		assertThat(attempts).hasSize(4).extracting(Attempt::idempotencyKey).allSatisfy(UUID::fromString);
		assertThat(keysOf("model-0", attempts)).hasSize(1).doesNotContainAnyElementsOf(keysOf("model-1", attempts));
		assertThat(keysOf("model-1", attempts)).hasSize(1);
	}

	private static List<String> keysOf(String model, List<Attempt> attempts) {
		return attempts.stream()
			.filter((attempt) -> attempt.model().equals(model))
			.map(Attempt::idempotencyKey)
			.distinct()
			.toList();
	}

	@ParameterizedTest
	@MethodSource("pausingResults")
	void pauseKeepsTheEvents(DeliveryResult result, DeliveryState state) {
		FakeTransport transport = FakeTransport.returning(result);
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 20);
		awaitState(dispatcher, state);
		Waiting.awhile().until(() -> transport.attempts().size() <= MAX_IN_FLIGHT);
		assertThat(dispatcher.getPending()).isEqualTo(20);
		assertThat(dispatcher.getStatistics().getDelivered()).isZero();
	}

	static Stream<Arguments> pausingResults() {
		return Stream.of(Arguments.of(new DeliveryResult.KeyRefused("HTTP 401"), DeliveryState.KEY_REFUSED),
				Arguments.of(new DeliveryResult.PlanExhausted("HTTP 402"), DeliveryState.PLAN_EXHAUSTED),
				Arguments.of(new DeliveryResult.Misdirected("HTTP 404"), DeliveryState.MISDIRECTED),
				Arguments.of(new DeliveryResult.Unavailable("HTTP 429", Duration.ofHours(1)), DeliveryState.WAITING));
	}

	@Test
	void poisonousEventDoesNotHoldUpTheOthers() {
		FakeTransport transport = new FakeTransport((attempt) -> attempt
			.complete(attempt.model().equals("model-0") ? FakeTransport.UNAVAILABLE : FakeTransport.ACCEPTED));
		EventDispatcher dispatcher = dispatcher(transport);
		record(dispatcher, 6);
		awaitDelivered(dispatcher, 5);
		assertThat(dispatcher.getPending()).isOne();
	}

	@ParameterizedTest
	@MethodSource("brokenTransports")
	void eventComesBackFromATransportThatBreaksItsPromises(Consumer<Attempt> fault) {
		FakeTransport transport = new FakeTransport((attempt) -> {
			if (attempt.number() == 1) {
				fault.accept(attempt);
			}
			else {
				attempt.complete(FakeTransport.ACCEPTED);
			}
		});
		EventDispatcher dispatcher = dispatcher(transport, new DeliverySettings(100, 1, Duration.ofSeconds(20)));
		record(dispatcher, 2);
		awaitDelivered(dispatcher, 2);
		assertThat(transport.attempts()).hasSize(4)
			.extracting(Attempt::idempotencyKey)
			.containsOnly(transport.acceptedKeys().toArray(String[]::new));
	}

	static Stream<Consumer<Attempt>> brokenTransports() {
		return Stream.of((attempt) -> {
			throw new IllegalStateException("fault of the test");
		}, (attempt) -> {
			throw new NoClassDefFoundError("fault of the test");
		}, (attempt) -> attempt.result().completeExceptionally(new IllegalStateException("fault of the test")),
				(attempt) -> attempt.result().cancel(false), (attempt) -> attempt.complete(null));
	}

	@Test
	void eventComesBackFromATransportThatReturnsNothing() {
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		CountDownLatch first = new CountDownLatch(1);
		EventTransport broken = new EventTransport() {

			@Override
			public CompletableFuture<DeliveryResult> send(OutgoingEvent event) {
				if (first.getCount() > 0) {
					first.countDown();
					return null;
				}
				return transport.send(event).toCompletableFuture();
			}

			@Override
			public void close() {
			}

		};
		EventDispatcher dispatcher = new EventDispatcher(SETTINGS, broken);
		record(dispatcher, 1);
		awaitDelivered(dispatcher, 1);
		dispatcher.destroy();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void closesSpoolAndTransportOnceAllIsSent(boolean broken) {
		List<String> steps = new CopyOnWriteArrayList<>();
		FakeSpool spool = new FakeSpool();
		spool.onClose = () -> {
			steps.add("spool closed");
			if (broken) {
				throw new IllegalStateException("broken");
			}
		};
		EventDispatcher dispatcher = new EventDispatcher(SETTINGS, new EventTransport() {

			@Override
			public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
				steps.add("sent");
				return CompletableFuture.completedStage(FakeTransport.ACCEPTED);
			}

			@Override
			public void close() {
				steps.add("transport closed");
			}

		}, spool);
		dispatcher.start();
		record(dispatcher, 1);
		assertThat(catchThrowable(dispatcher::destroy) != null).isEqualTo(broken);
		assertThat(steps).containsExactly("sent", "spool closed", "transport closed");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
