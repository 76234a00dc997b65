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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is pending as the gate permits, and acts on the answers. All decisions are
 * made by the one thread that runs it; the transport's threads only hand in answers and
 * wake it. Runs until it is asked to finish.
 */
final class DeliveryWorker implements Runnable {

	private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(1).toNanos();

	private final PendingEvents pending;

	private final EventTransport transport;

	private final DeliveryGate gate;

	private final DeliveryStatistics statistics;

	private final DeliveryLog log;

	private final LongSupplier clock;

	private final Deque<PendingEvent> retries = new ArrayDeque<>();

	private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();

	private int inFlight;

	private boolean hurried;

	private volatile @Nullable Thread thread;

	private volatile @Nullable Long deadline;

	DeliveryWorker(PendingEvents pending, EventTransport transport, DeliveryGate gate, DeliveryStatistics statistics,
			DeliveryLog log, LongSupplier clock) {
		this.pending = pending;
		this.transport = transport;
		this.gate = gate;
		this.statistics = statistics;
		this.log = log;
		this.clock = clock;
	}

	@Override
	public void run() {
		this.thread = Thread.currentThread();
		while (!isFinished()) {
			try {
				settleAnswers();
				if (!isFinished() && !sendNext()) {
					LockSupport.parkNanos(this, nanosToWait());
					// Not meant for us, and a flag that stays set would end every wait
					Thread.interrupted();
				}
			}
			catch (Throwable ex) {
				this.log.internalFailure(ex);
				LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE);
			}
		}
		settleAnswers();
		this.thread = null;
	}

	/**
	 * Go on for as long as it takes.
	 */
	void proceed() {
		this.deadline = null;
	}

	/**
	 * Finish as soon as nothing is pending, and at a point in time at the latest.
	 */
	void finishBy(long deadline) {
		this.deadline = deadline;
		wake();
	}

	void wake() {
		LockSupport.unpark(this.thread);
	}

	private boolean isFinished() {
		Long deadline = this.deadline;
		if (deadline == null) {
			this.hurried = false;
			return false;
		}
		if (!this.hurried) {
			this.hurried = true;
			this.gate.hurry(this.clock.getAsLong());
		}
		long remaining = deadline - this.clock.getAsLong();
		return this.pending.count() == 0 || remaining <= 0
				|| (this.inFlight == 0 && this.gate.nanosUntilOpen(this.clock.getAsLong()) > remaining);
	}

	private long nanosToWait() {
		Long deadline = this.deadline;
		long untilDeadline = (deadline != null) ? deadline - this.clock.getAsLong() : Long.MAX_VALUE;
		long untilOpen = (this.pending.count() > this.inFlight) ? this.gate.nanosUntilOpen(this.clock.getAsLong()) : 0;
		return Math.max(1, Math.min(untilDeadline, (untilOpen > 0) ? untilOpen : Long.MAX_VALUE));
	}

	private boolean sendNext() {
		if (!this.gate.isOpen(this.inFlight, this.clock.getAsLong())) {
			return false;
		}
		PendingEvent event = next();
		if (event == null) {
			return false;
		}
		this.inFlight++;
		int round = this.gate.round();
		send(event).whenComplete((answer, failure) -> {
			this.answers.add(new Answered(event, round, (answer != null) ? answer : unavailable(failure)));
			wake();
		});
		return true;
	}

	private CompletionStage<Answer> send(PendingEvent event) {
		try {
			return Objects.requireNonNull(this.transport.send(event));
		}
		catch (Throwable ex) {
			// Whatever it is, the event must come back
			return CompletableFuture.failedStage(ex);
		}
	}

	/**
	 * Take the next event. While delivery is not active an untried one goes first, so
	 * that an event which is the cause of the trouble can't hold up all others.
	 */
	private @Nullable PendingEvent next() {
		if (this.gate.state() == DeliveryState.ACTIVE) {
			PendingEvent retry = this.retries.poll();
			return (retry != null) ? retry : fresh();
		}
		PendingEvent fresh = fresh();
		return (fresh != null) ? fresh : this.retries.poll();
	}

	private @Nullable PendingEvent fresh() {
		LlmUsageEvent event = this.pending.poll();
		return (event != null) ? new PendingEvent(event, UUID.randomUUID().toString()) : null;
	}

	private static Answer unavailable(@Nullable Throwable failure) {
		String problem = (failure != null) ? failure.getClass().getSimpleName() : "no answer";
		return new Answer.Unavailable(problem, null);
	}

	private void settleAnswers() {
		for (Answered answered = this.answers.poll(); answered != null; answered = this.answers.poll()) {
			this.inFlight--;
			settle(answered);
		}
	}

	private void settle(Answered answered) {
		DeliveryState before = this.gate.state();
		int round = this.gate.round();
		this.gate.answered(answered.answer(), answered.round(), this.clock.getAsLong());
		if (answered.answer() instanceof Answer.Accepted) {
			if (this.pending.settle()) {
				this.statistics.countDelivered();
			}
		}
		else if (answered.answer() instanceof Answer.Rejected) {
			if (this.pending.settle()) {
				this.statistics.countDropped(DropReason.REJECTED, 1);
			}
			this.log.rejected(answered.answer().problem());
		}
		else {
			this.retries.add(answered.event());
		}
		if (this.gate.state() != before || this.gate.round() != round) {
			this.log.answered(this.gate.state(), answered.answer().problem(), this.pending.count());
		}
	}

	private record Answered(PendingEvent event, int round, Answer answer) {
	}

}
