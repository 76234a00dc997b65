// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.llmtrack.spring.delivery.FakeTransport.Attempt;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventDispatcher} with many callers, many restarts and many instances.
 */
@Timeout(60)
class EventDispatcherConcurrencyTests extends AbstractEventDispatcherTests {

	private final ExecutorService server = Executors.newFixedThreadPool(2);

	@AfterEach
	void stopServer() {
		this.server.shutdownNow();
	}

	@Test
	void nothingIsLostAmongManyCallersAndMixedResults() {
		// What LLMtrack stored, by idempotency key: how often
		Map<String, Integer> stored = new ConcurrentHashMap<>();
		FakeTransport transport = new FakeTransport((attempt) -> respondLikeABadDay(attempt, stored));
		EventDispatcher dispatcher = dispatcher(transport, new DeliverySettings(16_000, 16, Duration.ofSeconds(20)));
		runConcurrently(32, (producer) -> {
			for (int i = 0; i < 500; i++) {
				dispatcher.record(event(producer + "/" + i));
			}
		});
		Waiting.await().until(() -> dispatcher.getPending() == 0);
		DeliveryStatistics statistics = dispatcher.getStatistics();
		assertThat(statistics.getRecorded()).isEqualTo(16_000);
		assertThat(statistics.getDropped(DropReason.REJECTED)).isEqualTo(320);
		assertThat(statistics.getDelivered()).isEqualTo(15_680);
		assertThat(stored).hasSize(15_680).containsEntry(keyOf("0/400", transport), 2);
		assertThat(stored.values().stream().filter((times) -> times > 1)).hasSize(2);
		assertThat(transport.acceptances()).isEqualTo(15_680);
		assertThat(transport.acceptedKeys()).isEqualTo(stored.keySet());
		assertThat(transport.maxInFlight()).isLessThanOrEqualTo(16);
	}

	private void respondLikeABadDay(Attempt attempt, Map<String, Integer> stored) {
		int producer = Integer.parseInt(attempt.model().split("/")[0]);
		int number = Integer.parseInt(attempt.model().split("/")[1]);
		int fault = (producer < 2 && attempt.number() == 1) ? number : -1;
		if (fault == 100) {
			throw new IllegalStateException("fault of the test");
		}
		this.server.execute(() -> {
			if (number % 50 == 7) {
				attempt.complete(new DeliveryResult.Rejected("HTTP 400"));
			}
			else if (fault == 200) {
				attempt.complete(FakeTransport.UNAVAILABLE);
			}
			else if (fault == 300) {
				attempt.result().completeExceptionally(new IllegalStateException("fault of the test"));
			}
			else {
				boolean duplicate = stored.merge(attempt.idempotencyKey(), 1, Integer::sum) > 1;
				boolean responseIsLost = fault == 400;
				attempt.complete(responseIsLost ? FakeTransport.UNAVAILABLE : new DeliveryResult.Accepted(duplicate));
			}
		});
	}

	private static String keyOf(String model, FakeTransport transport) {
		return transport.attempts()
			.stream()
			.filter((attempt) -> attempt.model().equals(model))
			.map(Attempt::idempotencyKey)
			.collect(Collectors.collectingAndThen(Collectors.toSet(), (Set<String> keys) -> keys.iterator().next()));
	}

	@Test
	void queueIsFilledToItsCapacityByManyCallers() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.manual());
		runConcurrently(16, (producer) -> record(dispatcher, 100));
		assertThat(dispatcher.getPending()).isEqualTo(100);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isEqualTo(1500);
		assertThat(this.threads.started()).hasSize(1);
	}

	@Test
	void nothingIsLostOverManyRestartsWhileCallersGoOn() {
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		EventDispatcher dispatcher = dispatcher(transport, new DeliverySettings(10_000, 4, Duration.ofSeconds(20)));
		CompletableFuture<Void> restarts = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 200; i++) {
				dispatcher.stop();
				dispatcher.start();
			}
		}, this.server);
		runConcurrently(4, (producer) -> {
			for (int i = 0; i < 1000; i++) {
				dispatcher.record(event("model"));
				Thread.yield();
			}
		});
		restarts.join();
		// The last events came before or after the last start; either way all are sent
		awaitDelivered(dispatcher, 4000);
		assertThat(transport.acceptances()).isEqualTo(4000);
	}

	@Test
	void singleEventIsNeverForgotten() {
		EventDispatcher dispatcher = dispatcher(FakeTransport.returning(FakeTransport.ACCEPTED));
		for (int i = 1; i <= 2000; i++) {
			dispatcher.record(event("model"));
			long delivered = i;
			while (dispatcher.getStatistics().getDelivered() < delivered) {
				Thread.onSpinWait();
			}
		}
		awaitDelivered(dispatcher, 2000);
	}

	@Test
	void manyInstancesLeaveNoThread() {
		for (int i = 0; i < 20; i++) {
			EventDispatcher dispatcher = dispatcher(FakeTransport.returning(FakeTransport.ACCEPTED));
			record(dispatcher, 10);
			dispatcher.stop();
			dispatcher.destroy();
			assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(10);
		}
		this.threads.awaitEnd();
	}

	private static void runConcurrently(int callers, IntConsumer task) {
		CountDownLatch ready = new CountDownLatch(callers);
		List<Thread> threads = IntStream.range(0, callers).mapToObj((caller) -> new Thread(() -> {
			ready.countDown();
			awaitAll(ready);
			task.accept(caller);
		})).toList();
		threads.forEach(Thread::start);
		threads.forEach(EventDispatcherConcurrencyTests::join);
	}

	private static void awaitAll(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
