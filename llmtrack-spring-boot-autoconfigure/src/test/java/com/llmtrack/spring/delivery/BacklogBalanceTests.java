// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link Backlog} loses no event and counts none twice, whatever happens to
 * the events and to the spool, in any order.
 */
class BacklogBalanceTests extends AbstractBacklogTests {

	private static final int STEPS = 2_000;

	private final List<PendingEvent> inFlight = new ArrayList<>();

	private final Set<String> settled = new HashSet<>();

	private final Set<String> ceded = new HashSet<>();

	private int models;

	static List<Integer> seeds() {
		return List.of(1, 2, 3, 4, 5, 6, 7, 8);
	}

	BacklogBalanceTests() {
		super(100);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void recordedAndAdoptedIsDeliveredOrDroppedOrCededOrPending(int seed) {
		Random random = new Random(seed);
		for (int i = 0; i < STEPS; i++) {
			step(random);
			this.backlog.removeSettled();
			assertBalance();
		}
		this.spool.room = Integer.MAX_VALUE;
		this.spool.readable = true;
		for (int i = 0; this.pending.count() > 0 && i < STEPS; i++) {
			elapse();
			refill();
			takeAll();
			this.inFlight.forEach(this::deliver);
			this.inFlight.clear();
			this.backlog.removeSettled();
			assertBalance();
		}
		assertThat(this.pending.count()).isZero();
		assertThat(this.spool.models()).as("what is left to others").containsExactlyInAnyOrderElementsOf(this.ceded);
		assertThat(this.settled.size() + this.ceded.size()).isGreaterThanOrEqualTo(this.models);
		assertThat(this.statistics.getCeded()).isPositive();
	}

	private void step(Random random) {
		switch (random.nextInt(20)) {
			case 0 -> this.spool.room = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(200);
			case 1 -> this.spool.readable = random.nextBoolean();
			case 2 -> this.spool.leave(AbstractEventDispatcherTests.event(nextModel()));
			case 3 -> elapse();
			case 4 -> this.backlog.requestUpkeep();
			case 5 -> {
				if (random.nextInt(5) == 0) {
					cede(random);
				}
			}
			case 6 -> this.backlog.storeAll();
			case 7, 8, 9 -> refill();
			case 10, 11, 12 -> take(random.nextBoolean());
			case 13, 14, 15 -> settle(random);
			default -> record();
		}
	}

	private String nextModel() {
		return "model-" + this.models++;
	}

	private void record() {
		if (this.pending.count() - this.pending.countSpooled() < 100) {
			this.statistics.countRecorded();
			assertThat(this.pending
				.offer(new PendingEvent(AbstractEventDispatcherTests.event(nextModel()), Instant.now()))).isTrue();
		}
	}

	/**
	 * Let others adopt some of our events.
	 */
	private void cede(Random random) {
		Set<String> kept = new HashSet<>();
		for (String model : this.spool.ownModels()) {
			if (this.ceded.contains(model)) {
				continue;
			}
			if (random.nextInt(3) > 0) {
				kept.add(this.spool.keyOf(model));
			}
			else {
				this.ceded.add(model);
			}
		}
		this.spool.kept = kept;
		elapse();
		refill();
	}

	private void take(boolean untriedFirst) {
		PendingEvent event = this.backlog.next(untriedFirst);
		if (event != null) {
			this.inFlight.add(event);
		}
	}

	private void takeAll() {
		for (PendingEvent event = this.backlog.next(false); event != null; event = this.backlog.next(false)) {
			this.inFlight.add(event);
		}
	}

	private void settle(Random random) {
		if (!this.inFlight.isEmpty()) {
			PendingEvent event = this.inFlight.remove(random.nextInt(this.inFlight.size()));
			switch (random.nextInt(4)) {
				case 0 -> this.backlog.retry(event);
				case 1 -> {
					this.settled.add(model(event));
					this.backlog.drop(event, DropReason.REJECTED);
				}
				default -> deliver(event);
			}
		}
	}

	private void deliver(PendingEvent event) {
		this.settled.add(model(event));
		this.backlog.deliver(event, false);
	}

	private static String model(PendingEvent event) {
		return event.toOutgoingEvent().event().model();
	}

	private void elapse() {
		elapse(Duration.ofMinutes(1));
	}

	private void assertBalance() {
		long dropped = Arrays.stream(DropReason.values()).mapToLong(this.statistics::getDropped).sum();
		assertThat(this.statistics.getDelivered() + dropped + this.statistics.getCeded() + this.pending.count())
			.isEqualTo(this.statistics.getRecorded() + this.statistics.getAdopted());
		long cededInFlight = this.inFlight.stream()
			.map(BacklogBalanceTests::model)
			.filter(this.ceded::contains)
			.collect(Collectors.counting());
		assertThat(this.pending.countSpooled())
			.isEqualTo(this.spool.ownModels().size() - this.ceded.size() + cededInFlight);
	}

}
