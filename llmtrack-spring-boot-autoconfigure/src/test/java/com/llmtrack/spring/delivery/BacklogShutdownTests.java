// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the accounting of {@link Backlog} when the application ends while an event is
 * being written to the spool.
 */
class BacklogShutdownTests {

	private final EventQueue pending = new EventQueue(2);

	private final List<SpooledEvent> stored = new ArrayList<>();

	private final DeliveryStatistics statistics = new DeliveryStatistics();

	@Test
	void eventThatGetsIntoTheSpoolWhileTheOthersAreGivenUpIsNotGivenUp() {
		record(() -> {
			assertThat(this.pending.clear()).isZero();
			return true;
		});
		assertThat(this.stored).hasSize(1);
		assertThat(this.pending.countSpooled()).isOne();
		assertThat(this.pending.clear()).isZero();
	}

	@Test
	void eventThatWasGivenUpDoesNotGetIntoTheSpool() {
		this.pending.offer(event());
		AtomicBoolean usable = new AtomicBoolean();
		Backlog backlog = backlog(usable::get);
		backlog.refill();
		assertThat(this.pending.clear()).isOne();
		usable.set(true);
		backlog.storeAll();
		assertThat(this.stored).isEmpty();
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void eventThatTheSpoolDoesNotTakeStaysInMemory() {
		record(() -> false);
		assertThat(this.pending.countSpooled()).isZero();
		assertThat(this.pending.clear()).isOne();
	}

	@Test
	void eventThatASpoolOfTheApplicationsOwnFailsOnStaysInMemory() {
		assertThatIllegalStateException().isThrownBy(() -> record(() -> {
			throw new IllegalStateException("broken");
		}));
		assertThat(this.pending.countSpooled()).isZero();
		assertThat(this.pending.clear()).isOne();
		assertThat(this.pending.count()).isZero();
	}

	private void record(BooleanSupplier store) {
		this.pending.offer(event());
		backlog(store).refill();
	}

	private static PendingEvent event() {
		return new PendingEvent(LlmUsageEvent.builder().build(), Instant.EPOCH);
	}

	private Backlog backlog(BooleanSupplier store) {
		return new Backlog(this.pending, new FakeSpool() {

			@Override
			public List<SpooledEvent> store(List<UnspooledEvent> events) {
				if (!store.getAsBoolean()) {
					return List.of();
				}
				List<SpooledEvent> stored = super.store(events);
				BacklogShutdownTests.this.stored.addAll(stored);
				return stored;
			}

		}, this.statistics);
	}

}
