// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
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

	private final EventQueue pending;

	private final Backlog backlog;

	private final EventTransport transport;

	private final DeliveryGate gate;

	private final DeliveryStatistics statistics;

	private final DeliveryLog log;

	private final EventLog eventLog;

	private final DeliveryHistory history;

	private final DeliveryListener listener;

	private final LongSupplier clock;

	private final PoisonDetector poison = new PoisonDetector();

	private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();

	private final WakeSignal wakeUp = new WakeSignal();

	private volatile int inFlight;

	private volatile boolean resumed;

	private boolean hurried;

	private volatile @Nullable Long deadline;

	DeliveryWorker(EventQueue pending, EventSpool spool, EventTransport transport, DeliveryGate gate,
			DeliveryStatistics statistics, DeliveryLog log, DeliveryHistory history, DeliveryListener listener,
			LongSupplier clock) {
		this.pending = pending;
		this.backlog = new Backlog(pending, spool, statistics);
		this.transport = transport;
		this.gate = gate;
		this.statistics = statistics;
		this.log = log;
		this.eventLog = new EventLog(clock, history);
		this.history = history;
		this.listener = listener;
		this.clock = clock;
	}

	@Override
	public void run() {
		this.wakeUp.begin();
		while (!isFinished()) {
			try {
				settleAnswers();
				boolean more = this.backlog.takeOver(this.clock.getAsLong());
				if (!isFinished() && !sendNext() && !more) {
					this.wakeUp.await(nanosToWait());
				}
			}
			catch (Throwable ex) {
				this.log.internalFailure(ex);
				this.wakeUp.pause(PAUSE_AFTER_FAILURE);
			}
		}
		tidyUp();
		this.wakeUp.end();
	}

	private void tidyUp() {
		try {
			settleAnswers();
			this.backlog.storeAll();
		}
		catch (Throwable ex) {
			this.log.internalFailure(ex);
		}
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

	/**
	 * End any wait or pause: the next event is sent at once, and decides what follows.
	 */
	void resume() {
		this.resumed = true;
		wake();
	}

	int inFlight() {
		return this.inFlight;
	}

	/**
	 * Return when the oldest pending event was recorded, or {@code null} if there is
	 * none.
	 */
	@Nullable Instant oldest() {
		return this.backlog.oldest();
	}

	void wake() {
		this.wakeUp.wake();
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
		long now = this.clock.getAsLong();
		long untilOpen = (this.pending.count() > this.inFlight) ? this.gate.nanosUntilOpen(now) : 0;
		long untilNews = Math.min(untilDeadline, this.backlog.nanosUntilAdoption(now));
		return Math.max(1, Math.min(untilNews, (untilOpen > 0) ? untilOpen : Long.MAX_VALUE));
	}

	private boolean sendNext() {
		if (this.resumed) {
			this.resumed = false;
			this.gate.resume(this.clock.getAsLong());
		}
		if (!this.gate.isOpen(this.inFlight, this.clock.getAsLong())) {
			return false;
		}
		// While delivery is not active, an event that may be the cause of it can't hold
		// up
		// those that were never tried
		PendingEvent event = this.backlog.next(this.gate.state() != DeliveryState.ACTIVE);
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

	private CompletionStage<DeliveryResult> send(PendingEvent event) {
		try {
			return Objects.requireNonNull(this.transport.send(event.toSend()));
		}
		catch (Throwable ex) {
			// Whatever it is, the event must come back
			return CompletableFuture.failedStage(ex);
		}
	}

	private static DeliveryResult unavailable(@Nullable Throwable failure) {
		String problem = (failure != null) ? failure.getClass().getSimpleName() : "no answer";
		return new DeliveryResult.Unavailable(problem, null);
	}

	private void settleAnswers() {
		for (Answered answered = this.answers.poll(); answered != null; answered = this.answers.poll()) {
			this.inFlight--;
			settle(answered);
		}
	}

	private void settle(Answered answered) {
		DeliveryResult answer = answered.answer();
		DeliveryState before = this.gate.state();
		int round = this.gate.round();
		this.gate.answered(answer, answered.round(), this.clock.getAsLong());
		settle(answered.event(), answer);
		if (this.gate.state() != before) {
			this.history.stateChanged();
		}
		if (this.gate.state() != before || this.gate.round() != round) {
			this.log.answered(this.gate.state(), answer.problem(), this.pending.count());
		}
	}

	private void settle(PendingEvent event, DeliveryResult answer) {
		if (answer instanceof DeliveryResult.Accepted accepted) {
			this.poison.accepted();
			this.history.succeeded();
			this.backlog.deliver(event, accepted.duplicate());
			report(event, accepted);
		}
		else if (answer instanceof DeliveryResult.Rejected && this.gate.state() != DeliveryState.REJECTING) {
			this.backlog.drop(event, DropReason.REJECTED);
			this.eventLog.rejected(answer.problem());
		}
		else if (mayBeTheEventsFault(answer) && this.poison.failed(event.failures())) {
			this.backlog.drop(event, DropReason.FAILED);
			this.eventLog.poisonous(event.event(), answer.problem());
		}
		else {
			this.statistics.countRetry();
			this.backlog.retry(event);
		}
	}

	/**
	 * Return whether the answer may have its cause in the event, as that of a firewall
	 * does which takes its content for an attack. A plan's limit and a wait that was
	 * asked for are the same for all.
	 */
	private static boolean mayBeTheEventsFault(DeliveryResult answer) {
		if (answer instanceof DeliveryResult.Unavailable unavailable) {
			return unavailable.retryAfter() == null;
		}
		return !(answer instanceof DeliveryResult.PlanExhausted);
	}

	private void report(PendingEvent queued, DeliveryResult.Accepted accepted) {
		LlmUsageEvent event = queued.event();
		if (event != null) {
			Duration age = Duration.between(queued.recordedAt(), Instant.now());
			this.listener.delivered(event, accepted, age.isNegative() ? Duration.ZERO : age);
		}
		BigDecimal cost = accepted.cost();
		if (cost != null) {
			this.statistics.addCost(cost);
		}
		if (event != null && accepted.modelUnknown()) {
			this.eventLog.modelUnknown(event);
		}
		String hidden = accepted.hidden();
		if (event != null && hidden != null) {
			this.eventLog.hidden(event, hidden);
		}
	}

	private record Answered(PendingEvent event, int round, DeliveryResult answer) {
	}

}
