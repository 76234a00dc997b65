/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.llmtrack.spring.LlmUsageEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PendingEvents}.
 */
class PendingEventsTests {

	private final PendingEvents pending = new PendingEvents(2);

	@Test
	void eventsAreTakenInTheOrderTheyCame() {
		QueuedEvent first = event();
		QueuedEvent second = event();
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

	private static QueuedEvent event() {
		return new QueuedEvent(LlmUsageEvent.builder().build(), Instant.now());
	}

	private void offer(int events) {
		for (int i = 0; i < events; i++) {
			this.pending.offer(event());
		}
	}

}
