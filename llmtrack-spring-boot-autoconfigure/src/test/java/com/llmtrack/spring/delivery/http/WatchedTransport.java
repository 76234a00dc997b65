// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.OutgoingEvent;

/**
 * A transport that records its events and their results.
 */
final class WatchedTransport implements EventTransport {

	private final EventTransport transport;

	private final Journal journal;

	private volatile boolean ending;

	WatchedTransport(EventTransport transport, Journal journal) {
		this.transport = transport;
		this.journal = journal;
	}

	@Override
	public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
		this.journal.sent(event.idempotencyKey());
		return this.transport.send(event).whenComplete((result, failure) -> {
			if (result != null) {
				this.journal.ended(event.idempotencyKey(), result, this.ending);
			}
		});
	}

	/**
	 * Take down that nobody may listen to answers from now on.
	 */
	void ending() {
		this.ending = true;
	}

	@Override
	public void close() {
		this.transport.close();
	}

	/**
	 * What happened, over all transports of an application's life.
	 */
	static final class Journal {

		private final LongAdder attempts = new LongAdder();

		private volatile Set<String> sent = ConcurrentHashMap.newKeySet();

		private final Set<String> underWay = ConcurrentHashMap.newKeySet();

		private volatile Set<String> accepted = ConcurrentHashMap.newKeySet();

		private volatile Set<String> ambiguous = ConcurrentHashMap.newKeySet();

		private final Set<String> problems = ConcurrentHashMap.newKeySet();

		private void sent(String key) {
			this.attempts.increment();
			this.sent.add(key);
			if (!this.underWay.add(key)) {
				// Cut off by a restart
				this.ambiguous.add(key);
			}
			if (this.accepted.contains(key)) {
				this.problems.add(key + " was sent again though it had been accepted");
			}
		}

		private void ended(String key, DeliveryResult result, boolean ending) {
			this.underWay.remove(key);
			if (ending) {
				this.ambiguous.add(key);
			}
			else if (result instanceof DeliveryResult.Accepted) {
				this.accepted.add(key);
			}
			else if (result instanceof DeliveryResult.Unavailable && !result.problem().startsWith("HTTP")) {
				this.ambiguous.add(key);
			}
		}

		long attempts() {
			return this.attempts.sum();
		}

		int events() {
			return this.sent.size();
		}

		/**
		 * Return the keys of events whose attempts did not all end with an answer.
		 */
		Set<String> ambiguous() {
			return this.ambiguous;
		}

		Set<String> problems() {
			return this.problems;
		}

		void forget() {
			this.sent = ConcurrentHashMap.newKeySet();
			this.accepted = ConcurrentHashMap.newKeySet();
			this.ambiguous = ConcurrentHashMap.newKeySet();
		}

	}

}
