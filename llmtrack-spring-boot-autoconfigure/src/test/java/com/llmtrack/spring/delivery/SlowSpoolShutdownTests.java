// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.testsupport.LiveThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for stopping {@link EventDispatcher} while its thread waits for the disk.
 */
@Timeout(60)
class SlowSpoolShutdownTests {

	private final LiveThreads threads = LiveThreads.named("llmtrack-delivery"::equals);

	private final SlowSpool spool = new SlowSpool();

	private final EventDispatcher dispatcher = new EventDispatcher(new DeliverySettings(100, 4, Duration.ZERO),
			FakeTransport.manual(), this.spool);

	@AfterEach
	void release() {
		this.spool.go.countDown();
		this.threads.awaitEnd();
	}

	@Test
	void endWaitsForTheDiskThoughThereIsNoTimeToDeliver() throws InterruptedException {
		start();
		CompletableFuture.runAsync(this.spool.go::countDown,
				CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));
		this.dispatcher.destroy();
		assertThat(this.dispatcher.getSpooled()).isOne();
		assertThat(this.dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isZero();
	}

	@Test
	void whatTheDiskTakesAfterTheEndIsInTheSpool() throws InterruptedException {
		start();
		destroyWithoutWaiting();
		this.spool.go.countDown();
		this.threads.awaitEnd();
		assertThat(this.dispatcher.getPending()).isOne();
		assertThat(this.dispatcher.getSpooled()).isOne();
		assertThat(this.dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isZero();
	}

	@Test
	void whatTheDiskRefusesAfterTheEndIsCountedAsLost() throws InterruptedException {
		this.spool.full = true;
		start();
		destroyWithoutWaiting();
		this.spool.go.countDown();
		this.threads.awaitEnd();
		assertThat(this.dispatcher.getPending()).isZero();
		assertThat(this.dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isOne();
	}

	@Test
	void batchesThatTheDiskTakesAfterTheEndAreInTheSpool() throws InterruptedException {
		startMany();
		destroyWithoutWaiting();
		this.spool.go.countDown();
		this.threads.awaitEnd();
		assertThat(this.spool.accesses.stored()).containsExactly(32, 32, 32, 4);
		assertThat(this.dispatcher.getSpooled()).isEqualTo(100);
		assertThat(this.dispatcher.getPending()).isEqualTo(100);
		assertThat(this.dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isZero();
	}

	@Test
	void batchesThatTheDiskDoesNotTakeAnyMoreAreCountedAsLost() throws InterruptedException {
		this.spool.room = 40;
		startMany();
		destroyWithoutWaiting();
		this.spool.go.countDown();
		this.threads.awaitEnd();
		assertThat(this.dispatcher.getSpooled()).isEqualTo(40);
		assertThat(this.dispatcher.getPending()).isEqualTo(40);
		assertThat(this.dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isEqualTo(60);
	}

	private void start() throws InterruptedException {
		this.dispatcher.record(AbstractEventDispatcherTests.event("model"));
		this.spool.storing.await();
	}

	/**
	 * Record events, the first batch of which is being stored.
	 */
	private void startMany() throws InterruptedException {
		this.spool.begin = new CountDownLatch(1);
		AbstractEventDispatcherTests.record(this.dispatcher, 100);
		this.spool.begin.countDown();
		this.spool.storing.await();
	}

	private void destroyWithoutWaiting() {
		Thread.currentThread().interrupt();
		this.dispatcher.destroy();
		assertThat(Thread.interrupted()).isTrue();
	}

	/**
	 * A spool that takes its time.
	 */
	private static final class SlowSpool extends FakeSpool {

		private volatile CountDownLatch begin = new CountDownLatch(0);

		private final CountDownLatch storing = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		private volatile boolean full;

		@Override
		public SpoolUpkeep upkeep() {
			await(this.begin);
			return super.upkeep();
		}

		@Override
		public List<SpooledEvent> store(List<UnspooledEvent> events) {
			this.storing.countDown();
			await(this.go);
			return this.full ? List.of() : super.store(events);
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

}
