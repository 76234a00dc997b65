// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backlog} when other processes have adopted some of its events, because
 * this one could not use the spool for too long.
 */
class BacklogCessionTests extends AbstractBacklogTests {

	private static final int MAX_RESIDENT = 1_000;

	@AfterEach
	void eachEventIsDeliveredOrDroppedOrCededOrPending() {
		long dropped = Arrays.stream(DropReason.values()).mapToLong(this.statistics::getDropped).sum();
		assertThat(this.statistics.getDelivered() + dropped + this.statistics.getCeded() + this.pending.count())
			.isEqualTo(this.statistics.getRecorded() + this.statistics.getAdopted());
	}

	BacklogCessionTests() {
		super(2_000);
	}

	@Test
	void eventThatWasCededIsNotSent() {
		record("a", "b", "c");
		refill();
		cedeAllBut("b");
		assertThat(this.statistics.getCeded()).isEqualTo(2);
		assertThat(this.pending.countSpooled()).isOne();
		assertThat(nextModel()).isEqualTo("b");
		assertThat(this.backlog.next(false)).isNull();
	}

	@Test
	void eventThatWasCededIsNotSentAgain() {
		record("a", "b", "c");
		refill();
		List<PendingEvent> sent = List.of(next(), next(), next());
		sent.forEach(this.backlog::retry);
		cedeAllBut("c");
		assertThat(this.statistics.getCeded()).isEqualTo(2);
		assertThat(nextModel()).isEqualTo("c");
		assertThat(this.backlog.next(false)).isNull();
	}

	@Test
	void eventThatWasCededIsNotReadAgain() {
		Stream.of("a", "b").map(AbstractEventDispatcherTests::event).forEach(this.spool::leave);
		this.spool.readable = false;
		refill();
		assertThat(this.backlog.next(false)).isNull();
		this.spool.readable = true;
		cedeAllBut("b");
		assertThat(this.statistics.getCeded()).isOne();
		assertThat(nextModel()).isEqualTo("b");
		assertThat(this.backlog.next(false)).isNull();
	}

	@Test
	void eventThatWasCededAfterItLeftTheMemoryIsNotLoaded() {
		for (int i = 0; i < MAX_RESIDENT + 10; i++) {
			record("model-" + i);
			refill();
		}
		cedeAllBut("model-1005");
		assertThat(this.statistics.getCeded()).isEqualTo(MAX_RESIDENT + 9);
		assertThat(nextModel()).isEqualTo("model-1005");
		assertThat(this.spool.loaded()).containsExactly("model-1005");
	}

	@Test
	void eventsAreKeptUnlessTheSpoolSaysOtherwise() {
		record("a", "b");
		refill();
		elapse(Duration.ofMinutes(1));
		refill();
		assertThat(this.spool.upkeeps).isEqualTo(2);
		assertThat(this.statistics.getCeded()).isZero();
		assertThat(this.pending.count()).isEqualTo(2);
	}

	@Test
	void eventInMemoryIsNeverCeded() {
		this.spool.room = 0;
		record("a", "b");
		refill();
		PendingEvent inFlight = next();
		cedeAllBut();
		assertThat(this.statistics.getCeded()).isZero();
		this.backlog.retry(inFlight);
		assertThat(nextModel()).isEqualTo("a");
		assertThat(nextModel()).isEqualTo("b");
	}

	@Test
	void eventThatWasDeliveredThoughItWasCededMeanwhileIsDelivered() {
		record("a", "b");
		refill();
		PendingEvent ceded = next();
		cedeAllBut("b");
		assertThat(this.statistics.getCeded()).isZero();
		assertThat(this.pending.count()).isEqualTo(2);
		this.backlog.deliver(ceded, false);
		this.backlog.removeSettled();
		assertThat(this.statistics.getDelivered()).isOne();
		assertThat(this.statistics.getCeded()).isZero();
		assertThat(this.pending.count()).isOne();
		assertThat(this.spool.models()).as("left to the other process").containsExactly("a", "b");
	}

	@Test
	void eventThatFailedAndWasCededMeanwhileIsCeded() {
		record("a", "b");
		refill();
		PendingEvent failed = next();
		PendingEvent rejected = next();
		cedeAllBut();
		this.backlog.retry(failed);
		this.backlog.drop(rejected, DropReason.REJECTED);
		this.backlog.removeSettled();
		assertThat(this.statistics.getCeded()).isEqualTo(2);
		assertThat(this.statistics.getDropped(DropReason.REJECTED)).isZero();
		assertThat(this.pending.count()).isZero();
		assertThat(this.backlog.next(false)).isNull();
		assertThat(this.spool.models()).as("left to the other process").containsExactly("a", "b");
	}

	@Test
	void eventInFlightThatIsKeptIsRemovedAsEver() {
		record("a");
		refill();
		PendingEvent kept = next();
		cedeAllBut("a");
		this.backlog.deliver(kept, false);
		this.backlog.removeSettled();
		assertThat(this.spool.size()).isZero();
		assertThat(this.statistics.getDelivered()).isOne();
	}

	@Test
	void eventThatComesBackFromAnotherProcessIsSent() {
		record("a");
		refill();
		PendingEvent inFlight = next();
		cedeAllBut();
		SpooledEvent spooled = inFlight.spooled();
		assertThat(spooled).isNotNull();
		this.spool.leaveAgain(spooled);
		elapse(Duration.ofMinutes(1));
		refill();
		assertThat(this.statistics.getAdopted()).isOne();
		this.backlog.retry(inFlight);
		assertThat(this.statistics.getCeded()).isOne();
		PendingEvent again = next();
		assertThat(again.idempotencyKey()).isEqualTo(inFlight.idempotencyKey());
		this.backlog.deliver(again, false);
		this.backlog.removeSettled();
		assertThat(this.pending.count()).isZero();
		assertThat(this.spool.size()).isZero();
	}

	@Test
	void eventThatIsAdoptedByTheSameUpkeepIsNotCeded() {
		record("a");
		refill();
		this.spool.leave(AbstractEventDispatcherTests.event("b"));
		cedeAllBut();
		assertThat(this.statistics.getCeded()).isOne();
		assertThat(nextModel()).isEqualTo("b");
	}

	@Test
	void ageIsThatOfWhatIsLeft() {
		Instant time = Instant.now();
		record("a", time);
		record("b", time.plusSeconds(5));
		record("c", time.plusSeconds(9));
		refill();
		PendingEvent inFlight = next();
		cedeAllBut("c");
		assertThat(this.backlog.oldest()).isEqualTo(time);
		this.backlog.deliver(inFlight, false);
		assertThat(this.backlog.oldest()).isEqualTo(time.plusSeconds(9));
	}

	private void record(String... models) {
		for (String model : models) {
			record(model, Instant.now());
		}
	}

	private void record(String model, Instant recordedAt) {
		this.statistics.countRecorded();
		assertThat(this.pending.offer(new PendingEvent(AbstractEventDispatcherTests.event(model), recordedAt)))
			.isTrue();
	}

	private void cedeAllBut(String... models) {
		Set<String> kept = new HashSet<>();
		for (String model : models) {
			kept.add(this.spool.keyOf(model));
		}
		this.spool.kept = kept;
		elapse(Duration.ofMinutes(1));
		refill();
	}

	private String nextModel() {
		return next().toOutgoingEvent().event().model();
	}

}
