// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backlog}.
 */
class BacklogTests extends AbstractBacklogTests {

	private static final int MAX_RESIDENT = 1_000;

	private static final int BATCH = 32;

	@AfterEach
	void eachEventIsDeliveredOrDroppedOrPending() {
		long dropped = Arrays.stream(DropReason.values()).mapToLong(this.statistics::getDropped).sum();
		assertThat(this.statistics.getDelivered() + dropped + this.statistics.getCeded() + this.pending.count())
			.isEqualTo(this.statistics.getRecorded() + this.statistics.getAdopted());
	}

	BacklogTests() {
		super(100);
	}

	@Test
	void eventIsStoredBeforeItIsSent() {
		record("a", "b");
		refill();
		assertThat(this.spool.models()).containsExactly("a", "b");
		assertThat(this.pending.countSpooled()).isEqualTo(2);
		PendingEvent event = next();
		assertThat(event.toOutgoingEvent().event().model()).isEqualTo("a");
		assertThat(event.spooled()).isNotNull();
		assertThat(event.spooled().idempotencyKey()).isEqualTo(event.toOutgoingEvent().idempotencyKey());
		assertThat(this.spool.models()).containsExactly("a", "b");
	}

	@Test
	void eventIsRemovedWhenItIsDelivered() {
		record("a", "b");
		refill();
		this.backlog.deliver(next(), false);
		this.backlog.removeSettled();
		assertThat(this.spool.models()).containsExactly("b");
		assertThat(this.pending.countSpooled()).isOne();
		assertThat(this.statistics.getDelivered()).isOne();
	}

	@Test
	void eventIsRemovedWhenItIsDropped() {
		record("a");
		refill();
		this.backlog.drop(next(), DropReason.REJECTED);
		this.backlog.removeSettled();
		assertThat(this.spool.models()).isEmpty();
		assertThat(this.pending.count()).isZero();
		assertThat(this.statistics.getDropped(DropReason.REJECTED)).isOne();
	}

	@Test
	void eventStaysStoredUntilItWasSentAgain() {
		record("a");
		refill();
		PendingEvent event = next();
		String key = event.toOutgoingEvent().idempotencyKey();
		this.backlog.retry(event);
		assertThat(this.spool.models()).containsExactly("a");
		assertThat(next().toOutgoingEvent().idempotencyKey()).isEqualTo(key);
	}

	@Test
	void whatIsInTheSpoolTakesNoRoomInMemory() {
		for (int i = 0; i < 5; i++) {
			IntStream.range(0, 100).forEach((j) -> record("model"));
			refill();
		}
		assertThat(this.pending.countSpooled()).isEqualTo(500);
		this.spool.room = 500;
		IntStream.range(0, 100).forEach((i) -> record("model"));
		assertThat(this.pending.offer(new PendingEvent(AbstractEventDispatcherTests.event("a"), Instant.now())))
			.isFalse();
		refill();
		assertThat(this.pending.count()).isEqualTo(600);
	}

	@Test
	void whatTheSpoolDoesNotTakeStaysInMemoryUntilItDoes() {
		this.spool.room = 1;
		record("a", "b", "c");
		refill();
		assertThat(this.spool.models()).containsExactly("a");
		assertThat(this.pending.countSpooled()).isOne();
		this.spool.room = 10;
		elapse(Duration.ofMinutes(1).minusNanos(1));
		refill();
		assertThat(this.spool.models()).containsExactly("a");
		elapse(Duration.ofNanos(1));
		refill();
		assertThat(this.spool.models()).containsExactly("a", "b", "c");
		assertThat(this.pending.countSpooled()).isEqualTo(3);
		assertThat(drain()).containsExactly("a", "b", "c");
	}

	@Test
	void whatIsInMemoryOnlyIsDeliveredWithoutTheSpool() {
		this.spool.room = 0;
		record("a", "b");
		refill();
		assertThat(drain()).containsExactly("a", "b");
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void whatIsToBeSentAgainIsStoredLaterToo() {
		this.spool.room = 0;
		record("a");
		refill();
		this.backlog.retry(next());
		this.spool.room = 1;
		this.backlog.storeAll();
		assertThat(this.spool.models()).containsExactly("a");
		assertThat(this.pending.countSpooled()).isOne();
	}

	@Test
	void everythingIsStoredAtTheEnd() {
		this.spool.room = 1;
		record("a", "b");
		refill();
		this.spool.room = 10;
		record("c", "d");
		this.backlog.storeAll();
		assertThat(this.spool.models()).containsExactly("a", "b", "c", "d");
		assertThat(this.pending.countSpooled()).isEqualTo(4);
		assertThat(this.pending.clear()).isZero();
	}

	@Test
	void whatWasLeftGoesAheadOfWhatIsNew() {
		record("new");
		leave("old-1", "old-2");
		refill();
		assertThat(this.statistics.getAdopted()).isEqualTo(2);
		assertThat(this.pending.countSpooled()).isEqualTo(3);
		assertThat(drain()).containsExactly("old-1", "old-2", "new");
		assertThat(this.spool.size()).isZero();
	}

	@Test
	void adoptedEventKeepsItsKeyAndAge() {
		SpooledEvent left = this.spool.leave(AbstractEventDispatcherTests.event("a"));
		refill();
		PendingEvent event = next();
		assertThat(event.toOutgoingEvent().idempotencyKey()).isEqualTo(left.idempotencyKey());
		assertThat(event.recordedAt()).isEqualTo(left.recordedAt());
	}

	@Test
	void whatOthersLeaveIsLookedForOnceAMinute() {
		refill();
		leave("a");
		assertThat(this.backlog.nanosUntilUpkeep(this.now)).isEqualTo(Duration.ofMinutes(1).toNanos());
		elapse(Duration.ofMinutes(1).minusNanos(1));
		refill();
		assertThat(this.statistics.getAdopted()).isZero();
		elapse(Duration.ofNanos(1));
		assertThat(this.backlog.nanosUntilUpkeep(this.now)).isZero();
		refill();
		assertThat(drain()).containsExactly("a");
	}

	@Test
	void eventThatIsGoneIsCountedAndHoldsUpNobody() {
		SpooledEvent gone = this.spool.leave(AbstractEventDispatcherTests.event("a"));
		leave("b");
		refill();
		this.spool.lose(gone);
		assertThat(drain()).containsExactly("b");
		assertThat(this.statistics.getDropped(DropReason.UNREADABLE)).isOne();
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void eventThatCannotBeReadHoldsUpNobodyAndIsTriedAgain() {
		leave("a", "b", "c");
		this.spool.stuck = "b";
		refill();
		assertThat(drain()).containsExactly("a", "c");
		assertThat(this.pending.count()).isOne();
		elapse(Duration.ofMinutes(1));
		refill();
		assertThat(drain()).isEmpty();
		this.spool.stuck = null;
		elapse(Duration.ofMinutes(1));
		record("d");
		refill();
		assertThat(drain()).containsExactly("b", "d");
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void noMoreThanAThousandEventsAreInMemoryBesideTheSpool() {
		List<String> models = recordMany(MAX_RESIDENT + 500);
		List<PendingEvent> sent = new ArrayList<>();
		for (int i = 0; i < models.size(); i++) {
			sent.add(next());
		}
		assertThat(this.spool.loaded()).containsExactlyElementsOf(models.subList(MAX_RESIDENT, models.size()));
		sent.forEach(this.backlog::retry);
		assertThat(sent.stream().map(PendingEvent::event).filter(Objects::nonNull)).hasSize(MAX_RESIDENT);
		assertThat(drain()).containsExactlyElementsOf(models);
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void eventKeepsItsKeyThoughItLeavesTheMemory() {
		recordMany(MAX_RESIDENT + 50);
		Set<String> keys = new HashSet<>();
		List<PendingEvent> sent = new ArrayList<>();
		for (int i = 0; i < MAX_RESIDENT + 50; i++) {
			PendingEvent event = next();
			keys.add(event.idempotencyKey());
			sent.add(event);
		}
		sent.forEach(this.backlog::retry);
		for (int i = 0; i < MAX_RESIDENT + 50; i++) {
			assertThat(keys.remove(next().idempotencyKey())).isTrue();
		}
		assertThat(keys).isEmpty();
	}

	@Test
	void eventsThatAreDroppedWhileOthersAreStoredAreNotCountedTwice() {
		this.spool.onStore = () -> this.statistics.countDropped(DropReason.SHUTDOWN, this.pending.clear());
		IntStream.range(0, BATCH + 5).forEach((i) -> record("model"));
		this.backlog.storeAll();
		assertThat(this.spool.size()).isEqualTo(BATCH);
		assertThat(this.pending.count()).isEqualTo(BATCH);
		assertThat(this.statistics.getDropped(DropReason.SHUTDOWN)).isEqualTo(5);
	}

	@Test
	void untriedEventGoesFirstIfWished() {
		record("a", "b");
		refill();
		this.backlog.retry(next());
		assertThat(model(this.backlog.next(true))).isEqualTo("b");
		record("c");
		refill();
		assertThat(model(this.backlog.next(false))).isEqualTo("a");
		assertThat(model(this.backlog.next(false))).isEqualTo("c");
		assertThat(this.backlog.next(false)).isNull();
	}

	private List<String> recordMany(int events) {
		List<String> models = IntStream.range(0, events).mapToObj((i) -> "model-" + i).toList();
		for (String model : models) {
			record(model);
			refill();
		}
		return models;
	}

	private void record(String... models) {
		for (String model : models) {
			this.statistics.countRecorded();
			assertThat(this.pending.offer(new PendingEvent(AbstractEventDispatcherTests.event(model), Instant.now())))
				.isTrue();
		}
	}

	private void leave(String... models) {
		Stream.of(models).map(AbstractEventDispatcherTests::event).forEach(this.spool::leave);
	}

	/**
	 * Deliver what there is.
	 */
	private List<String> drain() {
		List<String> models = new ArrayList<>();
		for (PendingEvent event = this.backlog.next(false); event != null; event = this.backlog.next(false)) {
			models.add(model(event));
			this.backlog.deliver(event, false);
			this.backlog.removeSettled();
		}
		return models;
	}

	private static String model(PendingEvent event) {
		return event.toOutgoingEvent().event().model();
	}

}
