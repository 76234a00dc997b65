// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Accepts events from the application's threads and delivers them on a thread of its own.
 * <p>
 * <b>Callers</b> never block and never see an exception: an event is added to a bounded
 * queue, or counted as dropped if the queue is full. <b>Threads:</b> one daemon thread,
 * started with the first event, or with the context if there is a spool. <b>Loss:</b> an
 * event stays pending until LLMtrack has accepted or rejected it; {@link DeliveryState}
 * describes what failures mean for the other events. If none can be sent as long as the
 * application runs, they are dropped, and further ones are ignored. Without a spool,
 * pending events live in memory only. <b>Shutdown:</b> when the context stops, after the
 * web server and before HTTP resources, pending events are delivered within a time-out.
 * Those that are left in memory when the context is closed are counted as dropped and
 * reported in one line; those in the spool stay there. A context that is stopped and
 * started again continues with the pending events.
 */
public final class EventDispatcher implements LlmUsageEventSink, SmartLifecycle, DisposableBean {

	/**
	 * Phase between that of web servers, which stop before, and that of Reactor's
	 * resources, which stop after.
	 */
	public static final int PHASE = 1024;

	private final LongSupplier clock = System::nanoTime;

	private final InstantSource calendar = InstantSource.system();

	private final DeliverySettings settings;

	private final EventTransport transport;

	private final EventSpool spool;

	private final boolean spooling;

	private final EventQueue queue;

	private final DeliveryStatistics statistics = new DeliveryStatistics();

	private final DeliveryHistory history = new DeliveryHistory(this.calendar);

	private final DeliveryGate gate;

	private final DeliveryLog log;

	private final DeliveryListeners listeners;

	private final DeliveryWorker worker;

	private final DeliveryThread thread;

	private volatile long nanosForShutdown;

	private volatile boolean running;

	/** Whether further events come too late to be delivered. */
	private volatile boolean closed;

	/** Whether what was left at the end has been counted. */
	private volatile boolean settled;

	/**
	 * Create a dispatcher.
	 * @param settings how events are delivered
	 * @param transport carries the events; closed with this dispatcher
	 */
	public EventDispatcher(DeliverySettings settings, EventTransport transport) {
		this(settings, transport, null);
	}

	/**
	 * Create a dispatcher, without starting anything.
	 * @param settings how events are delivered
	 * @param transport carries the events; closed with this dispatcher
	 * @param spool keeps pending events; closed with this dispatcher. If {@code null},
	 * they live in memory only.
	 */
	public EventDispatcher(DeliverySettings settings, EventTransport transport, @Nullable EventSpool spool) {
		this.spooling = spool != null;
		this.settings = settings;
		this.transport = transport;
		this.spool = (spool != null) ? spool : new NoSpool();
		this.queue = new EventQueue(settings.queueCapacity());
		this.gate = new DeliveryGate(settings.maxInFlight(), () -> ThreadLocalRandom.current().nextDouble());
		this.log = new DeliveryLog(this.clock, this.history, !this.spooling);
		this.listeners = new DeliveryListeners(this.log);
		this.worker = new DeliveryWorker(this.queue, this.spool, transport, this.gate, this.statistics, this.log,
				this.history, this.listeners, this.clock);
		this.thread = new DeliveryThread(this.worker, this.queue, this.spooling, this::dropIfSettled, this.clock);
		this.nanosForShutdown = settings.shutdownTimeout().toNanos();
	}

	/**
	 * Create a dispatcher for an application in which LLMtrack is off: it ignores events.
	 * @param reason why, as a clause
	 * @param remedy what to do, empty if nothing
	 * @return the dispatcher
	 */
	public static EventDispatcher off(String reason, String remedy) {
		EventDispatcher dispatcher = off();
		dispatcher.history.add(reason, remedy);
		return dispatcher;
	}

	/**
	 * Create a dispatcher that is off because a library can't be linked, and say so.
	 * @param failure what the JVM said
	 * @return the dispatcher
	 */
	public static EventDispatcher failedToLink(LinkageError failure) {
		EventDispatcher dispatcher = off();
		dispatcher.log.switchedOff(DeliveryResult.Impossible.of(failure).problem(), 0);
		return dispatcher;
	}

	private static EventDispatcher off() {
		EventDispatcher dispatcher = new EventDispatcher(new DeliverySettings(1, 1, Duration.ZERO), new NoTransport());
		dispatcher.gate.switchOff();
		return dispatcher;
	}

	@Override
	public void record(LlmUsageEvent event) {
		if (this.gate.isOff()) {
			return;
		}
		this.statistics.countRecorded();
		this.listeners.recorded(event);
		if (!this.queue.offer(new PendingEvent(event, this.calendar.instant()))) {
			this.statistics.countDropped(DropReason.QUEUE_FULL, 1);
			this.log.overflowed(this.settings.queueCapacity(), this.statistics.getDropped(DropReason.QUEUE_FULL));
		}
		else if (this.closed) {
			recordLate();
		}
		else {
			this.thread.wake();
		}
	}

	/**
	 * Store an event that came after the end, or say that it is lost.
	 */
	private void recordLate() {
		if (this.spooling) {
			this.thread.storeLate();
		}
		else {
			dropIfSettled();
		}
	}

	/**
	 * Send an event beside all others, whatever the state, and without another attempt.
	 * It is neither recorded nor counted.
	 * @param event the event
	 * @return its result; fails only if the transport does
	 */
	public CompletionStage<DeliveryResult> probe(LlmUsageEvent event) {
		if (this.gate.isOff()) {
			return CompletableFuture.completedStage(new DeliveryResult.Impossible(getStatus().meaning()));
		}
		try {
			return this.transport.send(new OutgoingEvent(event, UUID.randomUUID().toString()));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	/**
	 * End any wait or pause at once: the next event is sent, and its result decides what
	 * follows.
	 */
	public void resume() {
		this.worker.resume();
	}

	/**
	 * Add a listener for what happens to events from now on.
	 * @param listener the listener
	 */
	public void addListener(DeliveryListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Remove a listener, which may end before this dispatcher.
	 * @param listener the listener
	 */
	public void removeListener(DeliveryListener listener) {
		this.listeners.remove(listener);
	}

	@Override
	public void start() {
		this.running = true;
		this.nanosForShutdown = this.settings.shutdownTimeout().toNanos();
		this.spool.open();
		this.thread.proceed();
	}

	@Override
	public void stop() {
		this.running = false;
		flush();
	}

	/**
	 * Deliver what is pending as far as that is possible in time, and end the thread. All
	 * flushes since the last start share one time-out.
	 */
	private void flush() {
		this.nanosForShutdown = this.thread.finish(this.nanosForShutdown);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void destroy() {
		this.running = false;
		try (EventTransport transport = this.transport; EventSpool spool = this.spool) {
			flush();
			boolean reported = this.closed;
			this.closed = true;
			if (this.queue.hasFresh()) {
				// Recorded after the thread had looked for the last time
				flush();
			}
			this.settled = true;
			this.thread.close();
			int dropped = 0;
			if (this.spooling && this.queue.hasFresh()) {
				this.thread.storeLate();
			}
			else {
				dropped = dropLeftovers();
			}
			if (dropped > 0) {
				this.log.leftBehind(dropped, this.gate.state(), this.settings.shutdownTimeout());
			}
			if (this.queue.count() > 0 && !reported) {
				this.log.spooled(this.queue.count());
			}
			this.worker.finishBy(this.clock.getAsLong());
		}
	}

	/**
	 * Drop what came after the end, or what the thread left, if nobody waited for it long
	 * enough.
	 */
	private void dropIfSettled() {
		int dropped = this.settled ? dropLeftovers() : 0;
		if (dropped > 0) {
			this.log.late(this.statistics.getDropped(DropReason.SHUTDOWN));
		}
	}

	private int dropLeftovers() {
		int dropped = this.queue.clear();
		this.statistics.countDropped(DropReason.SHUTDOWN, dropped);
		return dropped;
	}

	/**
	 * Return the number of events that are neither delivered nor dropped yet.
	 * @return the number of events, including those in the spool
	 */
	public int getPending() {
		return this.queue.count();
	}

	/**
	 * Return the number of pending events that are in the spool.
	 * @return the number of events
	 */
	public int getSpooled() {
		return this.queue.countSpooled();
	}

	/**
	 * Return how many events were recorded, delivered and dropped since the start.
	 * @return the statistics, which continue to count
	 */
	public DeliveryStatistics getStatistics() {
		return this.statistics;
	}

	/**
	 * Return whether events are being sent.
	 * @return the current state
	 */
	public DeliveryState getState() {
		return this.gate.state();
	}

	/**
	 * Return how delivery is doing.
	 * @return the current status
	 */
	public DeliveryStatus getStatus() {
		return new DeliveryStatus(this.gate.state(), this.history.stateSince(), this.history.lastSuccess(),
				this.queue.count(), this.queue.countSpooled(), this.worker.inFlight(), nextAttempt(),
				this.worker.oldest(), this.history.problems());
	}

	private @Nullable Instant nextAttempt() {
		long nanos = this.gate.nanosUntilOpen(this.clock.getAsLong());
		return (nanos > 0) ? this.calendar.instant().plusNanos(nanos).truncatedTo(ChronoUnit.SECONDS) : null;
	}

}
