// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.LlmUsageEvent;
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

	private void start() throws InterruptedException {
		this.dispatcher.record(AbstractEventDispatcherTests.event("model"));
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
	private static final class SlowSpool implements EventSpool {

		private final CountDownLatch storing = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		private volatile boolean full;

		@Override
		public List<SpooledEvent> adopt() {
			return List.of();
		}

		@Override
		public SpooledEvent store(String idempotencyKey, Instant recordedAt, LlmUsageEvent event) {
			this.storing.countDown();
			try {
				this.go.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return this.full ? null : new SpooledEvent(idempotencyKey, recordedAt, 1);
		}

		@Override
		public LlmUsageEvent load(SpooledEvent event) {
			return null;
		}

		@Override
		public void close() {
		}

		@Override
		public void remove(SpooledEvent event) {
		}

	}

}
