// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WakeSignal}. A wait without a signal lasts far longer than the
 * time-out of a test.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WakeSignalTests {

	private static final long LONG = TimeUnit.HOURS.toNanos(1);

	private final WakeSignal wakeUp = new WakeSignal();

	@Test
	void looksAgainBeforeItWaits() {
		this.wakeUp.begin();
		this.wakeUp.await(LONG);
	}

	@Test
	void doesNotWaitWhenThereIsNewsAfterTheLastLook() {
		this.wakeUp.begin();
		this.wakeUp.await(LONG);
		this.wakeUp.wake();
		this.wakeUp.await(LONG);
	}

	@Test
	void waitsWhenThereIsNoNews() {
		CompletableFuture<Boolean> waited = new CompletableFuture<>();
		Thread thread = waiting(waited);
		Awaitility.await().until(thread::getState, Thread.State.TIMED_WAITING::equals);
		assertThat(waited).isNotDone();
		this.wakeUp.wake();
		waited.join();
	}

	@Test
	void isNotKeptAwakeByAnInterrupt() {
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		waiting(interrupted).interrupt();
		assertThat(interrupted.join()).isFalse();
	}

	@Test
	void wakesNobodyWhereNobodyWaits() {
		this.wakeUp.wake();
		this.wakeUp.begin();
		this.wakeUp.await(LONG);
		this.wakeUp.end();
		this.wakeUp.wake();
	}

	@Test
	void missesNoNewsOfAnyOtherThread() {
		int rounds = 100_000;
		AtomicInteger news = new AtomicInteger();
		AtomicInteger seen = new AtomicInteger();
		CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
			this.wakeUp.begin();
			while (seen.get() < rounds) {
				if (news.get() > seen.get()) {
					seen.incrementAndGet();
				}
				else {
					this.wakeUp.await(LONG);
				}
			}
		});
		for (int i = 1; i <= rounds; i++) {
			news.set(i);
			this.wakeUp.wake();
			while (seen.get() < i) {
				Thread.onSpinWait();
			}
		}
		assertThat(reader).succeedsWithin(Duration.ofSeconds(30));
	}

	private Thread waiting(CompletableFuture<Boolean> interrupted) {
		Thread thread = new Thread(() -> {
			this.wakeUp.begin();
			this.wakeUp.await(LONG);
			this.wakeUp.await(LONG);
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
