// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Turns finished calls into events and hands them to the sink. Calls that finish before
 * the application is ready wait until then: looking up the sink earlier could create
 * beans before their time, and lets a background thread wait for the container while the
 * container waits for that thread. Never waits; safe for any thread.
 */
final class EventRecorder {

	private static final int MAX_EARLY_CALLS = 10_000;

	private static final Log logger = LogFactory.getLog(EventRecorder.class);

	private final BlockingQueue<ModelCall> earlyCalls = new LinkedBlockingQueue<>(MAX_EARLY_CALLS);

	private final Supplier<LlmUsageEventSink> sink;

	private final Supplier<EventFactory> events;

	private final TrackingFailures failures;

	private final LongAdder proxied = new LongAdder();

	private final LongAdder observed = new LongAdder();

	private volatile boolean ready;

	/**
	 * Create a recorder.
	 * @param sink supplies where the events go, asked for the first event
	 * @param events supplies what makes the events, likewise
	 * @param failures takes what goes wrong here
	 */
	EventRecorder(Supplier<LlmUsageEventSink> sink, Supplier<EventFactory> events, TrackingFailures failures) {
		this.sink = new UnlockedLazy<>(sink);
		this.events = new UnlockedLazy<>(events);
		this.failures = failures;
	}

	/**
	 * Return whether events go through.
	 */
	boolean isOpen() {
		return this.ready;
	}

	/**
	 * Return where failures to record end.
	 */
	TrackingFailures failures() {
		return this.failures;
	}

	void record(ModelCall call) {
		if (this.ready) {
			send(call);
			return;
		}
		if (!this.earlyCalls.offer(call)) {
			logger.warn("A model request was not tracked: more than " + MAX_EARLY_CALLS
					+ " of them were made before the application was ready.");
		}
		if (this.ready) {
			sendEarlyCalls();
		}
	}

	/**
	 * Let events through, as the application is ready.
	 */
	void open() {
		this.ready = true;
		sendEarlyCalls();
	}

	/**
	 * Say what is lost if the application never got ready.
	 */
	void close() {
		if (!this.earlyCalls.isEmpty()) {
			logger.warn("The start of the application failed: " + this.earlyCalls.size()
					+ " model requests that it had made are not tracked.");
			this.earlyCalls.clear();
		}
	}

	private void sendEarlyCalls() {
		for (ModelCall call = this.earlyCalls.poll(); call != null; call = this.earlyCalls.poll()) {
			try {
				send(call);
			}
			catch (Throwable ex) {
				// Neither the start of the application nor the other calls may suffer
				this.failures.contain(ex);
			}
		}
	}

	/**
	 * Return how many requests were recorded that were seen in one place.
	 */
	long recorded(Tap tap) {
		return adder(tap).sum();
	}

	private LongAdder adder(Tap tap) {
		return (tap == Tap.PROXY) ? this.proxied : this.observed;
	}

	private void send(ModelCall call) {
		LlmUsageEvent event = this.events.get().event(call);
		if (event != null) {
			adder(call.model().tap()).increment();
			this.sink.get().record(event);
		}
	}

}
