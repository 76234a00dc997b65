// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for how often {@link Backlog} accesses the spool.
 */
class BacklogBatchTests extends AbstractBacklogTests {

	private static final int MAX_RESIDENT = 1_000;

	BacklogBatchTests() {
		super(10_000);
	}

	@Test
	void burstIsStoredInBatches() {
		record(70);
		refill();
		assertThat(this.spool.accesses.stored()).containsExactly(32, 32, 6);
		assertThat(this.pending.countSpooled()).isEqualTo(70);
	}

	@Test
	void whatIsInMemoryIsStoredInBatchesAtTheEnd() {
		this.spool.room = 0;
		record(40);
		refill();
		this.spool.accesses.stored().clear();
		this.spool.room = 100;
		record(30);
		this.backlog.storeAll();
		assertThat(this.spool.accesses.stored()).containsExactly(32, 32, 6);
		assertThat(this.pending.countSpooled()).isEqualTo(70);
		assertThat(models(70)).containsExactlyElementsOf(this.spool.models());
	}

	@Test
	void whatIsInMemoryIsStoredInBatchesByTheUpkeep() {
		this.spool.room = 0;
		record(70);
		refill();
		this.spool.accesses.stored().clear();
		this.spool.room = 100;
		elapse(Duration.ofMinutes(1));
		refill();
		assertThat(this.spool.accesses.stored()).containsExactly(32, 32, 6);
		assertThat(this.pending.countSpooled()).isEqualTo(70);
	}

	@Test
	void spoolThatCannotBeUsedIsNotAskedForEachEvent() {
		this.spool.room = 0;
		record(320);
		refill();
		assertThat(this.spool.accesses.stored()).hasSize(10);
		this.spool.accesses.stored().clear();
		refill();
		assertThat(this.spool.accesses.stored()).isEmpty();
		elapse(Duration.ofMinutes(1));
		refill();
		assertThat(this.spool.accesses.stored()).as("by the upkeep").containsExactly(32);
		this.backlog.storeAll();
		assertThat(this.spool.accesses.stored()).as("at the end").containsExactly(32, 32);
		assertThat(this.pending.count()).isEqualTo(320);
		assertThat(this.pending.countSpooled()).isZero();
	}

	@Test
	void eventThatTheSpoolDoesNotTakeKeepsNoneOfTheOthersFromIt() {
		record(20);
		this.spool.refused = "model-7";
		refill();
		assertThat(this.spool.models()).hasSize(19).doesNotContain("model-7");
		record(50);
		refill();
		assertThat(this.spool.models()).hasSize(69);
		this.backlog.storeAll();
		this.spool.refused = null;
		this.backlog.storeAll();
		assertThat(this.spool.models()).hasSize(70);
		assertThat(drain()).containsExactlyElementsOf(models(70));
	}

	@Test
	void adoptedEventsAreLoadedInBatches() {
		leave(70);
		refill();
		assertThat(drain()).containsExactlyElementsOf(models(70));
		assertThat(this.spool.accesses.loaded()).containsExactly(32, 32, 6);
	}

	@Test
	void eventsThatAreToBeSentAgainAreLoadedInBatches() {
		record(MAX_RESIDENT + 70);
		refill();
		List<PendingEvent> sent = new ArrayList<>();
		for (PendingEvent event = this.backlog.next(false); event != null; event = this.backlog.next(false)) {
			sent.add(event);
		}
		this.spool.accesses.loaded().clear();
		sent.forEach(this.backlog::retry);
		assertThat(drain()).containsExactlyElementsOf(models(MAX_RESIDENT + 70));
		assertThat(this.spool.accesses.loaded()).containsExactly(32, 32, 6);
	}

	@Test
	void whatCannotBeLoadedHoldsUpNoneOfItsBatch() {
		List<SpooledEvent> left = leave(40);
		this.spool.stuck = "model-5";
		refill();
		List.of(0, 6, 31, 39).forEach((i) -> this.spool.lose(left.get(i)));
		List<String> rest = new ArrayList<>(models(40));
		rest.removeAll(List.of("model-0", "model-5", "model-6", "model-31", "model-39"));
		assertThat(drain()).containsExactlyElementsOf(rest);
		assertThat(this.statistics.getDropped(DropReason.UNREADABLE)).isEqualTo(4);
		assertThat(this.pending.count()).isOne();
		this.spool.stuck = null;
		elapse(Duration.ofMinutes(1));
		refill();
		assertThat(drain()).containsExactly("model-5");
	}

	@Test
	void eventsAreKeptIfAllOfTheSpoolCannotBeRead() {
		leave(70);
		refill();
		this.spool.readable = false;
		assertThat(drain()).isEmpty();
		assertThat(this.spool.accesses.loaded()).containsExactly(32, 32, 6);
		this.spool.readable = true;
		assertThat(drain()).isEmpty();
		elapse(Duration.ofMinutes(1));
		refill();
		assertThat(drain()).containsExactlyElementsOf(models(70));
	}

	@Test
	void whatIsDeliveredOrDroppedIsRemovedAtOnceAndPendingUntilThen() {
		record(10);
		refill();
		for (int i = 0; i < 10; i++) {
			if (i % 2 == 0) {
				this.backlog.deliver(next(), false);
			}
			else {
				this.backlog.drop(next(), DropReason.REJECTED);
			}
		}
		assertThat(this.spool.size()).isEqualTo(10);
		assertThat(this.pending.count()).isEqualTo(10);
		assertThat(this.statistics.getDelivered()).isZero();
		this.backlog.removeSettled();
		this.backlog.removeSettled();
		assertThat(this.spool.accesses.removed()).containsExactly(10);
		assertThat(this.spool.size()).isZero();
		assertThat(this.pending.count()).isZero();
		assertThat(this.statistics.getDelivered()).isEqualTo(5);
		assertThat(this.statistics.getDropped(DropReason.REJECTED)).isEqualTo(5);
	}

	@Test
	void whatIsInMemoryOnlyIsSettledWithoutTheSpool() {
		this.spool.room = 0;
		record(1);
		refill();
		this.backlog.deliver(next(), true);
		assertThat(this.statistics.getDuplicates()).isOne();
		assertThat(this.pending.count()).isZero();
		this.backlog.removeSettled();
		assertThat(this.spool.accesses.removed()).isEmpty();
	}

	@Test
	void eventIsCountedOnceThoughASpoolOfTheApplicationsOwnFailsToRemoveIt() {
		record(2);
		refill();
		this.backlog.deliver(next(), false);
		this.spool.onRemove = () -> {
			throw new IllegalStateException("broken");
		};
		assertThatIllegalStateException().isThrownBy(this.backlog::removeSettled);
		this.backlog.removeSettled();
		assertThat(this.statistics.getDelivered()).isOne();
		assertThat(this.pending.count()).isOne();
	}

	@Test
	void whatIsInFlightAndInMemoryOnlyIsStoredToo() {
		this.spool.room = 0;
		record(2);
		refill();
		PendingEvent delivered = next();
		PendingEvent failed = next();
		this.spool.room = 2;
		this.backlog.storeAll();
		assertThat(this.spool.models()).containsExactlyInAnyOrder("model-0", "model-1");
		assertThat(this.pending.countSpooled()).isEqualTo(2);
		this.backlog.deliver(delivered, false);
		this.backlog.retry(failed);
		this.backlog.removeSettled();
		assertThat(this.spool.models()).containsExactly("model-1");
		assertThat(drain()).containsExactly("model-1");
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void upkeepIsDueAtTheSpoolsInterval() {
		this.spool.upkeepInterval = Duration.ofSeconds(40);
		refill();
		assertThat(this.spool.upkeeps).isOne();
		assertThat(this.backlog.nanosUntilUpkeep(this.now)).isEqualTo(Duration.ofSeconds(40).toNanos());
		elapse(Duration.ofSeconds(39));
		refill();
		assertThat(this.spool.upkeeps).isOne();
		elapse(Duration.ofSeconds(1));
		refill();
		assertThat(this.spool.upkeeps).isEqualTo(2);
	}

	@Test
	void upkeepThatIsAskedForIsDueAtOnce() {
		this.spool.room = 0;
		record(3);
		refill();
		this.spool.room = 10;
		leave(1);
		refill();
		assertThat(this.statistics.getAdopted()).isZero();
		this.backlog.requestUpkeep();
		assertThat(this.backlog.nanosUntilUpkeep(this.now)).isZero();
		refill();
		assertThat(this.spool.upkeeps).isEqualTo(2);
		assertThat(this.statistics.getAdopted()).isOne();
		assertThat(this.pending.countSpooled()).isEqualTo(4);
		assertThat(this.backlog.nanosUntilUpkeep(this.now)).isPositive();
	}

	private void record(int events) {
		int first = this.pending.count();
		models(first, events).forEach((model) -> assertThat(
				this.pending.offer(new PendingEvent(AbstractEventDispatcherTests.event(model), Instant.now())))
			.isTrue());
	}

	private List<SpooledEvent> leave(int events) {
		return models(events).stream().map(AbstractEventDispatcherTests::event).map(this.spool::leave).toList();
	}

	private static List<String> models(int events) {
		return models(0, events);
	}

	private static List<String> models(int first, int events) {
		return IntStream.range(first, first + events).mapToObj((i) -> "model-" + i).toList();
	}

	private List<String> drain() {
		List<String> models = new ArrayList<>();
		for (PendingEvent event = this.backlog.next(false); event != null; event = this.backlog.next(false)) {
			models.add(event.toOutgoingEvent().event().model());
			this.backlog.deliver(event, false);
			this.backlog.removeSettled();
		}
		return models;
	}

}
