// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import com.llmtrack.spring.testsupport.Waiting;

/**
 * A transport with prepared answers, or with answers that the test completes.
 */
final class FakeTransport implements EventTransport {

	static final DeliveryResult ACCEPTED = new DeliveryResult.Accepted(false);

	static final DeliveryResult UNAVAILABLE = new DeliveryResult.Unavailable("HTTP 500", null);

	private final Consumer<Attempt> script;

	private final List<Attempt> attempts = new ArrayList<>();

	private final Map<String, Integer> attemptsByKey = new HashMap<>();

	private final Set<String> acceptedKeys = new HashSet<>();

	private int acceptances;

	private int inFlight;

	private int maxInFlight;

	private boolean recovered;

	/**
	 * Create a transport.
	 * @param script completes the answer to an attempt, or leaves that to somebody else,
	 * or throws
	 */
	FakeTransport(Consumer<Attempt> script) {
		this.script = script;
	}

	/**
	 * Create a transport that leaves all answers to the test.
	 */
	static FakeTransport manual() {
		return new FakeTransport((attempt) -> {
		});
	}

	static FakeTransport returning(DeliveryResult result) {
		return new FakeTransport((attempt) -> attempt.complete(result));
	}

	@Override
	public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
		Attempt attempt = begin(event);
		CompletionStage<DeliveryResult> stage = attempt.result()
			.whenComplete((result, failure) -> end(attempt, result));
		try {
			if (isRecovered()) {
				attempt.complete(ACCEPTED);
			}
			else {
				this.script.accept(attempt);
			}
		}
		catch (Throwable ex) {
			attempt.result().completeExceptionally(ex);
			throw ex;
		}
		return stage;
	}

	private synchronized Attempt begin(OutgoingEvent event) {
		int number = this.attemptsByKey.merge(event.idempotencyKey(), 1, Integer::sum);
		Attempt attempt = new Attempt(event, number, new CompletableFuture<>());
		this.attempts.add(attempt);
		this.inFlight++;
		this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
		return attempt;
	}

	private synchronized void end(Attempt attempt, DeliveryResult result) {
		this.inFlight--;
		if (result instanceof DeliveryResult.Accepted) {
			this.acceptances++;
			this.acceptedKeys.add(attempt.idempotencyKey());
		}
	}

	private synchronized boolean isRecovered() {
		return this.recovered;
	}

	/**
	 * Accept everything that is under way, and all that follows.
	 */
	void recover() {
		synchronized (this) {
			this.recovered = true;
		}
		attempts().forEach((attempt) -> attempt.complete(ACCEPTED));
	}

	synchronized List<Attempt> attempts() {
		return List.copyOf(this.attempts);
	}

	List<Attempt> awaitAttempts(int count) {
		Waiting.await().until(() -> attempts().size() >= count);
		return attempts();
	}

	/**
	 * Await an attempt, of which the first one is number 1.
	 */
	Attempt awaitAttempt(int number) {
		return awaitAttempts(number).get(number - 1);
	}

	synchronized int inFlight() {
		return this.inFlight;
	}

	synchronized int maxInFlight() {
		return this.maxInFlight;
	}

	/**
	 * Return how many attempts were accepted.
	 */
	synchronized int acceptances() {
		return this.acceptances;
	}

	/**
	 * Return the idempotency keys of all events that were accepted.
	 */
	synchronized Set<String> acceptedKeys() {
		return Set.copyOf(this.acceptedKeys);
	}

	@Override
	public void close() {
		recover();
	}

	/**
	 * An attempt to send an event.
	 *
	 * @param event the event
	 * @param number number of this event's attempt, from 1
	 * @param answer what becomes of it
	 */
	record Attempt(OutgoingEvent event, int number, CompletableFuture<DeliveryResult> result) {

		String idempotencyKey() {
			return this.event.idempotencyKey();
		}

		String model() {
			return this.event.event().model();
		}

		void complete(DeliveryResult result) {
			this.result.complete(result);
		}

	}

}
