// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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

	private final EventTransport transport;

	private final @Nullable EventSpool spool;

	private final Instant created = Instant.now();

	private final Object monitor = new Object();

	private volatile @Nullable EventDelivery delivery;

	private volatile boolean running;

	private boolean stopped;

	private boolean closed;

	/**
	 * Create a dispatcher.
	 * @param settings how events are delivered
	 * @param transport carries the events; closed with this dispatcher
	 */
	public EventDispatcher(DeliverySettings settings, EventTransport transport) {
		this(settings, transport, null);
	}

	/**
	 * Create a dispatcher.
	 * @param settings how events are delivered
	 * @param transport carries the events; closed with this dispatcher
	 * @param spool keeps pending events; closed with this dispatcher. If {@code null},
	 * they live in memory only.
	 */
	public EventDispatcher(DeliverySettings settings, EventTransport transport, @Nullable EventSpool spool) {
		this.settings = settings;
		this.transport = transport;
		this.spool = spool;
	}

	/**
	 * Return what events are delivered with. Nothing of it is loaded sooner than it is
	 * needed, so that the start of an application takes no longer than without it.
	 */
	private EventDelivery delivery() {
		EventDelivery delivery = this.delivery;
		return (delivery != null) ? delivery : createDelivery();
	}

	private EventDelivery createDelivery() {
		synchronized (this.monitor) {
			EventDelivery delivery = this.delivery;
			if (delivery == null) {
				delivery = new EventDelivery(this.settings, this.transport, this.spool, this.created);
				if (this.stopped) {
					delivery.flush();
				}
				if (this.closed) {
					delivery.close();
				}
				this.delivery = delivery;
			}
			return delivery;
		}
	}

	@Override
	public void record(LlmUsageEvent event) {
		delivery().record(event);
	}

	/**
	 * Have a listener told what becomes of events from now on.
	 * @param listener the listener
	 */
	public void addListener(DeliveryListener listener) {
		delivery().addListener(listener);
	}

	/**
	 * Return the number of events that are neither delivered nor dropped yet.
	 * @return the number of events, including those in the spool
	 */
	public int getPending() {
		return delivery().pending();
	}

	/**
	 * Return the number of pending events that are in the spool.
	 * @return the number of events
	 */
	public int getSpooled() {
		return delivery().spooled();
	}

	/**
	 * Return what became of the events since the start.
	 * @return the statistics, which go on counting
	 */
	public DeliveryStatistics getStatistics() {
		return delivery().statistics();
	}

	/**
	 * Return whether events are being sent.
	 * @return the current state
	 */
	public DeliveryState getState() {
		return delivery().state();
	}

	/**
	 * Return how delivery is doing.
	 * @return the status at the moment
	 */
	public DeliveryStatus getStatus() {
		return delivery().status();
	}

	/**
	 * End any wait or pause at once: the next event is sent, and its answer decides what
	 * follows.
	 */
	public void resume() {
		delivery().resume();
	}

	/**
	 * Send an event beside all others, whatever the state, and without another attempt.
	 * It is neither recorded nor counted.
	 * @param event the event
	 * @return what became of it; fails only if the transport does
	 */
	public CompletionStage<DeliveryResult> probe(LlmUsageEvent event) {
		try {
			return this.transport.send(new OutgoingEvent(event, UUID.randomUUID().toString()));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	@Override
	public void start() {
		this.running = true;
		EventDelivery delivery;
		synchronized (this.monitor) {
			this.stopped = false;
			// In a spool, others may have left something
			delivery = (this.spool != null) ? delivery() : this.delivery;
		}
		if (delivery != null) {
			delivery.proceed();
		}
	}

	@Override
	public void stop() {
		this.running = false;
		EventDelivery delivery;
		synchronized (this.monitor) {
			this.stopped = true;
			delivery = this.delivery;
		}
		if (delivery != null) {
			delivery.flush();
		}
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
		EventDelivery delivery;
		synchronized (this.monitor) {
			this.closed = true;
			delivery = this.delivery;
		}
		try (EventTransport transport = this.transport; EventSpool spool = this.spool) {
			if (delivery != null) {
				delivery.close();
			}
		}
	}

}
