// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.Attempts.FinishedAttempt;
import org.jspecify.annotations.Nullable;

/**
 * Sends pending events as the gate permits, and settles their results. All decisions are
 * made by the one thread that runs it; the transport's threads only hand over results and
 * wake it. Runs until it is asked to finish.
 */
final class DeliveryWorker implements Runnable {

	private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(1).toNanos();

	private final EventQueue queue;

	private final Backlog backlog;

	private final Attempts attempts;

	private final DeliveryGate gate;

	private final DeliveryStatistics statistics;

	private final DeliveryLog log;

	private final DeliveryHistory history;

	private final DeliveryListener listener;

	private final LongSupplier clock;

	private final PoisonDetector poison = new PoisonDetector();

	private final WakeSignal wakeSignal = new WakeSignal();

	private volatile boolean resumed;

	private boolean hurried;

	private volatile @Nullable Long deadline;

	DeliveryWorker(EventQueue queue, EventSpool spool, EventTransport transport, DeliveryGate gate,
			DeliveryStatistics statistics, DeliveryLog log, DeliveryHistory history, DeliveryListener listener,
			LongSupplier clock) {
		this.queue = queue;
		this.backlog = new Backlog(queue, spool, statistics);
		this.attempts = new Attempts(transport, this::wake);
		this.gate = gate;
		this.statistics = statistics;
		this.log = log;
		this.history = history;
		this.listener = listener;
		this.clock = clock;
	}

	@Override
	public void run() {
		this.wakeSignal.begin();
		while (!isFinished()) {
			try {
				settleResults();
				// Nothing is adopted to be left behind at once
				if (this.deadline == null || this.backlog.isUpkeepRequested()) {
					this.backlog.lookAfterSpool(this.clock.getAsLong());
				}
				boolean more = this.backlog.refill();
				if (!isFinished() && !send() && !more) {
					this.wakeSignal.await(nanosToWait());
				}
			}
			catch (Throwable ex) {
				this.log.internalFailure(ex);
				this.wakeSignal.pause(PAUSE_AFTER_FAILURE);
			}
		}
		storeTheRest();
		if (this.gate.isOff()) {
			this.statistics.countDropped(DropReason.OFF, this.queue.clear());
		}
		this.wakeSignal.end();
	}

	private void storeTheRest() {
		try {
			settleResults();
		}
		catch (Throwable ex) {
			this.log.internalFailure(ex);
		}
		storeLate();
	}

	/**
	 * Store events that were recorded after the end, and do nothing else.
	 */
	void storeLate() {
		try {
			this.backlog.storeAll();
		}
		catch (Throwable ex) {
			this.log.internalFailure(ex);
		}
	}

	/**
	 * Continue without a deadline, and look after the spool, which may only now be
	 * usable.
	 */
	void proceed() {
		this.deadline = null;
		this.backlog.requestUpkeep();
	}

	/**
	 * Finish as soon as nothing is pending, and at a point in time at the latest.
	 */
	void finishBy(long deadline) {
		this.deadline = deadline;
		wake();
	}

	/**
	 * End any wait or pause: the next event is sent at once, and its result decides what
	 * follows.
	 */
	void resume() {
		this.resumed = true;
		wake();
	}

	/**
	 * Return whether nothing is ever sent again.
	 */
	boolean isOff() {
		return this.gate.isOff();
	}

	int inFlight() {
		return this.attempts.inFlight();
	}

	/**
	 * Return when the oldest pending event was recorded, or {@code null} if there is
	 * none.
	 */
	@Nullable Instant oldest() {
		return this.backlog.oldest();
	}

	void wake() {
		this.wakeSignal.wake();
	}

	private boolean isPastDeadline() {
		Long deadline = this.deadline;
		return deadline != null && this.clock.getAsLong() >= deadline;
	}

	private boolean isFinished() {
		if (this.gate.isOff()) {
			return true;
		}
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
		return this.queue.count() == 0 || remaining <= 0
				|| (this.attempts.inFlight() == 0 && this.gate.nanosUntilOpen(this.clock.getAsLong()) > remaining);
	}

	private long nanosToWait() {
		Long deadline = this.deadline;
		long now = this.clock.getAsLong();
		long untilOpen = (this.queue.count() > this.attempts.inFlight()) ? this.gate.nanosUntilOpen(now) : 0;
		long untilNews = (deadline != null) ? deadline - now : this.backlog.nanosUntilUpkeep(now);
		return Math.max(1, Math.min(untilNews, (untilOpen > 0) ? untilOpen : Long.MAX_VALUE));
	}

	/**
	 * Send as many events as the gate permits at present, so that the spool is accessed
	 * for many of them at once.
	 * @return whether any was sent
	 */
	private boolean send() {
		boolean sent = false;
		while (sendNext()) {
			sent = true;
			if (isFinished() || this.attempts.anyFailed()) {
				// What follows is not known before its result is settled
				break;
			}
		}
		return sent;
	}

	private boolean sendNext() {
		if (this.resumed) {
			this.resumed = false;
			this.gate.resume(this.clock.getAsLong());
		}
		if (!this.gate.isOpen(this.attempts.inFlight(), this.clock.getAsLong())) {
			return false;
		}
		// While delivery is not active, an event that may be the cause must not hold up
		// those that were never sent
		PendingEvent event = this.backlog.next(this.gate.state() != DeliveryState.ACTIVE);
		if (event == null) {
			return false;
		}
		this.attempts.begin(event, this.gate.round());
		return true;
	}

	private void settleResults() {
		try {
			for (FinishedAttempt next = this.attempts.poll(); next != null; next = this.attempts.poll()) {
				settle(next);
			}
		}
		finally {
			this.backlog.removeSettled();
		}
	}

	private void settle(FinishedAttempt attempt) {
		DeliveryResult result = attempt.result();
		DeliveryState before = this.gate.state();
		int round = this.gate.round();
		this.gate.update(result, attempt.round(), this.clock.getAsLong());
		settle(attempt.event(), result);
		if (this.gate.state() != before) {
			this.history.stateChanged();
		}
		if (this.gate.isOff()) {
			if (before != DeliveryState.OFF) {
				this.log.switchedOff(result.problem(), this.queue.count() - this.queue.countSpooled());
			}
			return;
		}
		boolean news = this.gate.state() != before || this.gate.round() != round;
		// Once the time is up, the transport is closed, which is no problem of LLMtrack's
		if (news && !isPastDeadline()) {
			this.log.reportState(this.gate.state(), result.problem(), this.queue.count());
		}
	}

	private void settle(PendingEvent event, DeliveryResult result) {
		if (result instanceof DeliveryResult.Accepted accepted) {
			this.poison.accepted();
			this.history.succeeded();
			this.backlog.deliver(event, accepted.duplicate());
			report(event, accepted);
		}
		else if (result instanceof DeliveryResult.Rejected && this.gate.state() != DeliveryState.REJECTING) {
			this.backlog.drop(event, DropReason.REJECTED);
			this.log.rejected(result.problem());
		}
		else if (result.mayBeCausedByEvent() && this.poison.failed(event.failures())) {
			this.backlog.drop(event, DropReason.FAILED);
			this.log.poisonous(event.event(), result.problem());
		}
		else if (!this.gate.isOff()) {
			this.statistics.countRetry();
			this.backlog.retry(event);
		}
	}

	private void report(PendingEvent delivered, DeliveryResult.Accepted accepted) {
		LlmUsageEvent event = delivered.event();
		if (event != null) {
			Duration age = Duration.between(delivered.recordedAt(), Instant.now());
			this.listener.delivered(event, accepted, age.isNegative() ? Duration.ZERO : age);
		}
		BigDecimal cost = accepted.cost();
		if (cost != null) {
			this.statistics.addCost(cost);
		}
		if (event != null && accepted.modelUnknown()) {
			this.log.modelUnknown(event);
		}
		String hidden = accepted.hidden();
		if (event != null && hidden != null) {
			this.log.hidden(event, hidden);
		}
	}

}
