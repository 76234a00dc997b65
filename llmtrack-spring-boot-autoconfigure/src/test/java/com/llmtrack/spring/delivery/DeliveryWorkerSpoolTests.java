// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how {@link DeliveryWorker} uses a spool.
 */
@Timeout(60)
class DeliveryWorkerSpoolTests {

	private static final long DEADLINE = Duration.ofMillis(1).toNanos();

	private final FakeSpool spool = new FakeSpool();

	private final EventQueue pending = new EventQueue(100);

	private final DeliveryGate gate = new DeliveryGate(8, () -> 1);

	private final DeliveryStatistics statistics = new DeliveryStatistics();

	@Test
	void eventsOfARoundAreStoredAndRemovedAtOnce() {
		FakeTransport transport = FakeTransport.returning(FakeTransport.ACCEPTED);
		deliver(20, transport);
		assertThat(this.spool.accesses.stored()).containsExactly(20);
		assertThat(this.spool.accesses.removed()).containsExactly(8, 8, 4);
		assertThat(this.statistics.getDelivered()).isEqualTo(20);
		assertThat(transport.maxInFlight()).isOne();
	}

	@Test
	void nothingIsSentBetweenAFailureAndWhatFollowsFromIt() {
		FakeTransport transport = FakeTransport.returning(new DeliveryResult.KeyRefused("HTTP 401"));
		deliver(20, transport);
		assertThat(transport.attempts()).hasSize(1);
		assertThat(this.spool.size()).isEqualTo(20);
		assertThat(this.pending.countSpooled()).isEqualTo(20);
	}

	@Test
	void eventThatIsGoneDoesNotKeepTheWorkerFromItsEnd() {
		this.spool.lose(this.spool.leave(AbstractEventDispatcherTests.event("lost")));
		deliver(1, FakeTransport.returning(FakeTransport.ACCEPTED));
		assertThat(this.statistics.getDropped(DropReason.UNREADABLE)).isOne();
		assertThat(this.statistics.getDelivered()).isOne();
		assertThat(this.pending.count()).isZero();
	}

	/**
	 * Deliver events on this thread, until none is left or none can be sent for now.
	 */
	private void deliver(int events, FakeTransport transport) {
		DeliveryHistory history = new DeliveryHistory(InstantSource.system());
		DeliveryWorker worker = new DeliveryWorker(this.pending, this.spool, transport, this.gate, this.statistics,
				new DeliveryLog(() -> 0, history, false), history, new DeliveryListener() {
				}, () -> 0);
		IntStream.range(0, events).forEach((i) -> offer("model-" + i));
		worker.finishBy(DEADLINE);
		worker.run();
	}

	private void offer(String model) {
		assertThat(this.pending.offer(new PendingEvent(AbstractEventDispatcherTests.event(model), Instant.now())))
			.isTrue();
	}

}
