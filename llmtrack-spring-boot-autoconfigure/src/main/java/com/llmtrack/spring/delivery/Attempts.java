// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * The attempts to deliver events that are in flight, and the results of those that have
 * ended. Used by the delivery thread, which the transport's threads wake when an attempt
 * ends.
 */
final class Attempts {

	private final EventTransport transport;

	private final Runnable wake;

	private final Queue<FinishedAttempt> finished = new ConcurrentLinkedQueue<>();

	private volatile int inFlight;

	/**
	 * Create an empty object.
	 * @param transport carries the events
	 * @param wake run when an attempt has ended
	 */
	Attempts(EventTransport transport, Runnable wake) {
		this.transport = transport;
		this.wake = wake;
	}

	void begin(PendingEvent event, int round) {
		this.inFlight++;
		send(event).whenComplete((result, failure) -> {
			this.finished.add(new FinishedAttempt(event, round, (result != null) ? result : unavailable(failure)));
			this.wake.run();
		});
	}

	private CompletionStage<DeliveryResult> send(PendingEvent event) {
		try {
			return Objects.requireNonNull(this.transport.send(event.toOutgoingEvent()));
		}
		catch (Throwable ex) {
			// Whatever the failure, the event must not get lost
			return CompletableFuture.failedStage(ex);
		}
	}

	private static DeliveryResult unavailable(@Nullable Throwable failure) {
		String problem = (failure != null) ? failure.getClass().getSimpleName() : "no answer";
		return new DeliveryResult.Unavailable(problem, null);
	}

	/**
	 * Return the next attempt that has ended, which is then no longer in flight.
	 */
	@Nullable FinishedAttempt poll() {
		FinishedAttempt attempt = this.finished.poll();
		if (attempt != null) {
			this.inFlight--;
		}
		return attempt;
	}

	/**
	 * Return whether an attempt has failed that was not polled yet.
	 */
	boolean anyFailed() {
		return this.finished.stream().anyMatch((attempt) -> !(attempt.result() instanceof DeliveryResult.Accepted));
	}

	/**
	 * Return how many attempts are in flight, including those that were not polled yet.
	 * Called by any thread.
	 */
	int inFlight() {
		return this.inFlight;
	}

	/**
	 * An attempt that has ended.
	 *
	 * @param event the event
	 * @param round the gate's round in which it was sent
	 * @param result its result
	 */
	record FinishedAttempt(PendingEvent event, int round, DeliveryResult result) {
	}

}
