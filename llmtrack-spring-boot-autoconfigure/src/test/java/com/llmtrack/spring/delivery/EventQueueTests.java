// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.llmtrack.spring.LlmUsageEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventQueue}.
 */
class EventQueueTests {

	private final EventQueue pending = new EventQueue(2);

	@Test
	void eventsAreTakenInTheOrderTheyCame() {
		PendingEvent first = event();
		PendingEvent second = event();
		assertThat(this.pending.offer(first)).isTrue();
		assertThat(this.pending.offer(second)).isTrue();
		assertThat(this.pending.poll()).isSameAs(first);
		assertThat(this.pending.poll()).isSameAs(second);
		assertThat(this.pending.poll()).isNull();
	}

	@Test
	void eventThatIsTakenStaysPendingUntilItIsSettled() {
		offer(2);
		this.pending.poll();
		assertThat(this.pending.count()).isEqualTo(2);
		assertThat(this.pending.offer(event())).isFalse();
		assertThat(this.pending.settle(event())).isTrue();
		assertThat(this.pending.count()).isOne();
		assertThat(this.pending.offer(event())).isTrue();
	}

	@Test
	void eventThatFindsNoRoomIsNotCounted() {
		offer(5);
		assertThat(this.pending.count()).isEqualTo(2);
	}

	@Test
	void clearForgetsWhatIsUnderWayToo() {
		offer(2);
		this.pending.poll();
		assertThat(this.pending.clear()).isEqualTo(2);
		assertThat(this.pending.clear()).isZero();
		assertThat(this.pending.poll()).isNull();
	}

	@Test
	void eventThatWasForgottenCannotBeSettled() {
		offer(1);
		this.pending.poll();
		this.pending.clear();
		assertThat(this.pending.settle(event())).isFalse();
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void eachEventIsForgottenOnceThoughOthersComeMeanwhile() {
		AtomicInteger offered = new AtomicInteger();
		CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 100_000; i++) {
				if (this.pending.offer(event())) {
					offered.incrementAndGet();
				}
			}
		});
		int forgotten = 0;
		while (!producer.isDone()) {
			forgotten += this.pending.clear();
			assertThat(this.pending.count()).isBetween(0, 2);
		}
		assertThat(forgotten + this.pending.clear()).isEqualTo(offered.get());
		assertThat(this.pending.count()).isZero();
	}

	private static PendingEvent event() {
		return new PendingEvent(LlmUsageEvent.builder().build(), Instant.now());
	}

	private void offer(int events) {
		for (int i = 0; i < events; i++) {
			this.pending.offer(event());
		}
	}

}
