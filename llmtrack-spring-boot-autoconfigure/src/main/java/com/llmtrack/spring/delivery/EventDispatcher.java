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
 * Takes events from the application's threads and has them delivered by a thread of its
 * own.
 * <p>
 * <b>Callers</b> never wait and never see an exception: an event is put into a bounded
 * queue, or counted as dropped if that is full. <b>Threads:</b> one daemon thread,
 * started with the first event, or with the context if there is a spool. <b>Loss:</b> an
 * event stays pending until LLMtrack has accepted or rejected it; what the answers mean
 * for the rest is {@link DeliveryState}'s. Pending events live in memory only, unless
 * there is a spool. <b>Shutdown:</b> when the context stops, after the web server and
 * before HTTP resources, pending events are delivered within a time-out; what is left in
 * memory when the context is closed is counted as dropped and reported in one line; what
 * is in the spool stays there. A context that is stopped and started again goes on with
 * what was pending.
 *
 * @since 0.1.0
 */
public final class EventDispatcher implements LlmUsageEventSink, SmartLifecycle, DisposableBean {

	/**
	 * Phase between that of web servers, which stop before, and that of Reactor's
	 * resources, which stop after.
	 */
	public static final int PHASE = 1024;

	private final DeliverySettings settings;

	private final PendingEvents pending;

	private final DeliveryStatistics statistics = new DeliveryStatistics();

	private final DeliveryGate gate;

	private final DeliveryLog log;

	private final DeliveryWorker worker;

	private final LongSupplier clock = System::nanoTime;

	private final DeliveryHistory history = new DeliveryHistory(InstantSource.system());

	private final DeliveryListeners listeners;

	private final EventTransport transport;

	private final DeliveryThread thread;

	private volatile long nanosForShutdown;

	private volatile boolean running;

	private volatile boolean closed;

	/**
	 * Create a dispatcher.
	 * @param settings how events are delivered
	 * @param transport carries the events; to be closed after this dispatcher
	 */
	public EventDispatcher(DeliverySettings settings, EventTransport transport) {
		this(settings, transport, null);
	}

	/**
	 * Create a dispatcher.
	 * @param settings how events are delivered
	 * @param transport carries the events; to be closed after this dispatcher
	 * @param spool keeps pending events; to be closed after this dispatcher. If
	 * {@code null}, they live in memory only.
	 */
	public EventDispatcher(DeliverySettings settings, EventTransport transport, @Nullable EventSpool spool) {
		this.settings = settings;
		this.transport = transport;
		this.nanosForShutdown = settings.shutdownTimeout().toNanos();
		this.pending = new PendingEvents(settings.queueCapacity());
		this.gate = new DeliveryGate(settings.maxInFlight(), () -> ThreadLocalRandom.current().nextDouble());
		this.log = new DeliveryLog(this.clock, this.history, spool == null);
		this.listeners = new DeliveryListeners(this.log);
		this.worker = new DeliveryWorker(this.pending, (spool != null) ? spool : new NoSpool(), transport, this.gate,
				this.statistics, this.log, this.history, this.listeners, this.clock);
		this.thread = new DeliveryThread(this.worker, this.pending, spool != null, this::dropIfClosed, this.clock);
	}

	@Override
	public void record(LlmUsageEvent event) {
		this.statistics.countRecorded();
		this.listeners.recorded(event);
		if (this.closed) {
			this.statistics.countDropped(DropReason.SHUTDOWN, 1);
		}
		else if (this.pending.offer(new QueuedEvent(event, Instant.now()))) {
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

	/**
	 * Have a listener told what becomes of events from now on.
	 * @param listener the listener
	 */
	public void addListener(DeliveryListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Return the number of events that are neither delivered nor dropped yet.
	 * @return the number of events, including those in the spool
	 */
	public int getPending() {
		return this.pending.count();
	}

	/**
	 * Return the number of pending events that are in the spool.
	 * @return the number of events
	 */
	public int getSpooled() {
		return this.pending.countSpooled();
	}

	/**
	 * Return what became of the events since the start.
	 * @return the statistics, which go on counting
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
	 * @return the status at the moment
	 */
	public DeliveryStatus getStatus() {
		return new DeliveryStatus(this.gate.state(), this.history.stateSince(), this.history.lastSuccess(),
				this.pending.count(), this.pending.countSpooled(), this.worker.inFlight(), nextAttempt(),
				this.worker.oldest(), this.history.problems());
	}

	private @Nullable Instant nextAttempt() {
		long nanos = this.gate.nanosUntilOpen(this.clock.getAsLong());
		return (nanos > 0) ? Instant.now().plusNanos(nanos).truncatedTo(ChronoUnit.SECONDS) : null;
	}

	/**
	 * End any wait or pause at once: the next event is sent, and its answer decides what
	 * follows.
	 */
	public void resume() {
		this.worker.resume();
	}

	/**
	 * Send an event beside all others, whatever the state, and without another attempt.
	 * It is neither recorded nor counted.
	 * @param event the event
	 * @return what became of it; fails only if the transport does
	 */
	public CompletionStage<Answer> probe(LlmUsageEvent event) {
		try {
			return this.transport.send(new PendingEvent(event, UUID.randomUUID().toString()));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.nanosForShutdown = this.settings.shutdownTimeout().toNanos();
		this.thread.proceed();
	}

	@Override
	public void stop() {
		this.running = false;
		flush();
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

	/**
	 * Deliver what is pending as far as that is possible in time, and end the thread. All
	 * flushes since the last start share one time-out.
	 */
	private void flush() {
		this.nanosForShutdown = this.thread.finish(this.nanosForShutdown);
	}

}
