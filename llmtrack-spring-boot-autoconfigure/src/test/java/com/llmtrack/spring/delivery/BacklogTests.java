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
class BacklogTests {

	private static final int MAX_RESIDENT = 1_000;

	private final EventQueue pending = new EventQueue(100);

	private final FakeSpool spool = new FakeSpool();

	private final DeliveryStatistics statistics = new DeliveryStatistics();

	private final Backlog backlog = new Backlog(this.pending, this.spool, this.statistics);

	private long now = Long.MAX_VALUE - 5;

	@AfterEach
	void eachEventIsDeliveredOrDroppedOrPending() {
		long dropped = Arrays.stream(DropReason.values()).mapToLong(this.statistics::getDropped).sum();
		assertThat(this.statistics.getDelivered() + dropped + this.pending.count())
			.isEqualTo(this.statistics.getRecorded() + this.statistics.getAdopted());
	}

	@Test
	void eventIsStoredBeforeItIsSent() {
		record("a", "b");
		takeOver();
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
		takeOver();
		this.backlog.deliver(next(), false);
		assertThat(this.spool.models()).containsExactly("b");
		assertThat(this.pending.countSpooled()).isOne();
		assertThat(this.statistics.getDelivered()).isOne();
	}

	@Test
	void eventIsRemovedWhenItIsDropped() {
		record("a");
		takeOver();
		this.backlog.drop(next(), DropReason.REJECTED);
		assertThat(this.spool.models()).isEmpty();
		assertThat(this.pending.count()).isZero();
		assertThat(this.statistics.getDropped(DropReason.REJECTED)).isOne();
	}

	@Test
	void eventStaysStoredUntilItWasSentAgain() {
		record("a");
		takeOver();
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
			takeOver();
		}
		assertThat(this.pending.countSpooled()).isEqualTo(500);
		this.spool.room = 500;
		IntStream.range(0, 100).forEach((i) -> record("model"));
		assertThat(this.pending.offer(new PendingEvent(AbstractEventDispatcherTests.event("a"), Instant.now())))
			.isFalse();
		takeOver();
		assertThat(this.pending.count()).isEqualTo(600);
	}

	@Test
	void whatTheSpoolDoesNotTakeStaysInMemoryUntilItDoes() {
		this.spool.room = 1;
		record("a", "b", "c");
		takeOver();
		assertThat(this.spool.models()).containsExactly("a");
		assertThat(this.pending.countSpooled()).isOne();
		this.spool.room = 10;
		elapse(Duration.ofMinutes(1).minusNanos(1));
		takeOver();
		assertThat(this.spool.models()).containsExactly("a");
		elapse(Duration.ofNanos(1));
		takeOver();
		assertThat(this.spool.models()).containsExactly("a", "b", "c");
		assertThat(this.pending.countSpooled()).isEqualTo(3);
		assertThat(drain()).containsExactly("a", "b", "c");
	}

	@Test
	void whatIsInMemoryOnlyIsDeliveredWithoutTheSpool() {
		this.spool.room = 0;
		record("a", "b");
		takeOver();
		assertThat(drain()).containsExactly("a", "b");
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void whatIsToBeSentAgainIsStoredLaterToo() {
		this.spool.room = 0;
		record("a");
		takeOver();
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
		takeOver();
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
		takeOver();
		assertThat(this.statistics.getAdopted()).isEqualTo(2);
		assertThat(this.pending.countSpooled()).isEqualTo(3);
		assertThat(drain()).containsExactly("old-1", "old-2", "new");
		assertThat(this.spool.size()).isZero();
	}

	@Test
	void adoptedEventKeepsItsKeyAndAge() {
		SpooledEvent left = this.spool.leave(AbstractEventDispatcherTests.event("a"));
		takeOver();
		PendingEvent event = next();
		assertThat(event.toOutgoingEvent().idempotencyKey()).isEqualTo(left.idempotencyKey());
		assertThat(event.recordedAt()).isEqualTo(left.recordedAt());
	}

	@Test
	void whatOthersLeaveIsLookedForOnceAMinute() {
		takeOver();
		leave("a");
		assertThat(this.backlog.nanosUntilAdoption(this.now)).isEqualTo(Duration.ofMinutes(1).toNanos());
		elapse(Duration.ofMinutes(1).minusNanos(1));
		takeOver();
		assertThat(this.statistics.getAdopted()).isZero();
		elapse(Duration.ofNanos(1));
		assertThat(this.backlog.nanosUntilAdoption(this.now)).isZero();
		takeOver();
		assertThat(drain()).containsExactly("a");
	}

	@Test
	void eventThatIsGoneIsCountedAndHoldsUpNobody() {
		SpooledEvent gone = this.spool.leave(AbstractEventDispatcherTests.event("a"));
		leave("b");
		takeOver();
		this.spool.lose(gone);
		assertThat(drain()).containsExactly("b");
		assertThat(this.statistics.getDropped(DropReason.UNREADABLE)).isOne();
		assertThat(this.pending.count()).isZero();
	}

	@Test
	void eventThatCannotBeReadHoldsUpNobodyAndIsTriedAgain() {
		leave("a", "b", "c");
		this.spool.stuck = "b";
		takeOver();
		assertThat(drain()).containsExactly("a", "c");
		assertThat(this.pending.count()).isOne();
		elapse(Duration.ofMinutes(1));
		takeOver();
		assertThat(drain()).isEmpty();
		this.spool.stuck = null;
		elapse(Duration.ofMinutes(1));
		record("d");
		takeOver();
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
	void eventsThatAreGivenUpWhileOneIsStoredAreNotCountedTwice() {
		this.spool.onStore = () -> this.statistics.countDropped(DropReason.SHUTDOWN, this.pending.clear());
		record("a", "b");
		this.backlog.storeAll();
		assertThat(this.spool.size()).isOne();
		assertThat(this.pending.count()).isOne();
		assertThat(this.statistics.getDropped(DropReason.SHUTDOWN)).isOne();
	}

	@Test
	void untriedEventGoesFirstIfWished() {
		record("a", "b");
		takeOver();
		this.backlog.retry(next());
		assertThat(model(this.backlog.next(true))).isEqualTo("b");
		record("c");
		takeOver();
		assertThat(model(this.backlog.next(false))).isEqualTo("a");
		assertThat(model(this.backlog.next(false))).isEqualTo("c");
		assertThat(this.backlog.next(false)).isNull();
	}

	private List<String> recordMany(int events) {
		List<String> models = IntStream.range(0, events).mapToObj((i) -> "model-" + i).toList();
		for (String model : models) {
			record(model);
			takeOver();
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

	private void takeOver() {
		boolean more = true;
		while (more) {
			more = this.backlog.refill(this.now);
		}
	}

	private PendingEvent next() {
		PendingEvent event = this.backlog.next(false);
		assertThat(event).isNotNull();
		return event;
	}

	/**
	 * Deliver what there is.
	 */
	private List<String> drain() {
		List<String> models = new ArrayList<>();
		for (PendingEvent event = this.backlog.next(false); event != null; event = this.backlog.next(false)) {
			models.add(model(event));
			this.backlog.deliver(event, false);
		}
		return models;
	}

	private static String model(PendingEvent event) {
		return event.toOutgoingEvent().event().model();
	}

	private void elapse(Duration duration) {
		this.now += duration.toNanos();
	}

}
