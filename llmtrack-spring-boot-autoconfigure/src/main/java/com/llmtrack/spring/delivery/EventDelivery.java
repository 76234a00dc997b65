// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EventDispatcher} delivers events with, from the first one on. Safe for
 * any thread; only {@link #flush()} and {@link #close()} wait, for as long as the
 * shutdown may take.
 */
final class EventDelivery {

	private final DeliverySettings settings;

	private final EventQueue pending;

	private final DeliveryStatistics statistics = new DeliveryStatistics();

	private final DeliveryGate gate;

	private final DeliveryLog log;

	private final DeliveryWorker worker;

	private final LongSupplier clock = System::nanoTime;

	private final InstantSource calendar = InstantSource.system();

	private final DeliveryHistory history;

	private final DeliveryListeners listeners;

	private final DeliveryThread thread;

	private volatile long nanosForShutdown;

	private volatile boolean closed;

	/**
	 * Create it, without starting anything.
	 * @param settings how events are delivered
	 * @param transport carries the events
	 * @param spool keeps pending events, or {@code null}
	 * @param since when the dispatcher began to take events
	 */
	EventDelivery(DeliverySettings settings, EventTransport transport, @Nullable EventSpool spool, Instant since) {
		this.settings = settings;
		this.nanosForShutdown = settings.shutdownTimeout().toNanos();
		this.pending = new EventQueue(settings.queueCapacity());
		this.history = new DeliveryHistory(this.calendar, since);
		this.gate = new DeliveryGate(settings.maxInFlight(), () -> ThreadLocalRandom.current().nextDouble());
		this.log = new DeliveryLog(this.clock, this.history, spool == null);
		this.listeners = new DeliveryListeners(this.log);
		this.worker = new DeliveryWorker(this.pending, (spool != null) ? spool : new NoSpool(), transport, this.gate,
				this.statistics, this.log, this.history, this.listeners, this.clock);
		this.thread = new DeliveryThread(this.worker, this.pending, spool != null, this::dropIfClosed, this.clock);
	}

	void record(LlmUsageEvent event) {
		this.statistics.countRecorded();
		this.listeners.recorded(event);
		if (this.closed) {
			this.statistics.countDropped(DropReason.SHUTDOWN, 1);
		}
		else if (this.pending.offer(new PendingEvent(event, this.calendar.instant()))) {
			if (this.closed) {
				// Closed meanwhile, and perhaps emptied before this event got in
				dropLeftovers();
			}
			else {
				this.thread.wake();
			}
		}
		else {
			this.statistics.countDropped(DropReason.QUEUE_FULL, 1);
			this.log.overflowed(this.settings.queueCapacity(), this.statistics.getDropped(DropReason.QUEUE_FULL));
		}
	}

	void addListener(DeliveryListener listener) {
		this.listeners.add(listener);
	}

	int pending() {
		return this.pending.count();
	}

	int spooled() {
		return this.pending.countSpooled();
	}

	DeliveryStatistics statistics() {
		return this.statistics;
	}

	DeliveryState state() {
		return this.gate.state();
	}

	DeliveryStatus status() {
		return new DeliveryStatus(this.gate.state(), this.history.stateSince(), this.history.lastSuccess(),
				this.pending.count(), this.pending.countSpooled(), this.worker.inFlight(), nextAttempt(),
				this.worker.oldest(), this.history.problems());
	}

	private @Nullable Instant nextAttempt() {
		long nanos = this.gate.nanosUntilOpen(this.clock.getAsLong());
		return (nanos > 0) ? this.calendar.instant().plusNanos(nanos).truncatedTo(ChronoUnit.SECONDS) : null;
	}

	void resume() {
		this.worker.resume();
	}

	void proceed() {
		this.nanosForShutdown = this.settings.shutdownTimeout().toNanos();
		this.thread.proceed();
	}

	/**
	 * Deliver what is pending as far as that is possible in time, and end the thread. All
	 * flushes since the last start share one time-out.
	 */
	void flush() {
		this.nanosForShutdown = this.thread.finish(this.nanosForShutdown);
	}

	/**
	 * Flush, and account for what is left.
	 */
	void close() {
		flush();
		boolean reported = this.closed;
		this.closed = true;
		int left = dropLeftovers();
		if (left > 0) {
			this.log.leftBehind(left, this.gate.state(), this.settings.shutdownTimeout());
		}
		if (this.pending.count() > 0 && !reported) {
			this.log.spooled(this.pending.count());
		}
		this.worker.finishBy(this.clock.getAsLong());
	}

	/**
	 * Count what the thread left, if it took too long to be waited for.
	 */
	private void dropIfClosed() {
		if (this.closed) {
			dropLeftovers();
		}
	}

	private int dropLeftovers() {
		int left = this.pending.clear();
		this.statistics.countDropped(DropReason.SHUTDOWN, left);
		return left;
	}

}
