// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base for tests of {@link Backlog}.
 */
abstract class AbstractBacklogTests {

	final FakeSpool spool = new FakeSpool();

	final DeliveryStatistics statistics = new DeliveryStatistics();

	final EventQueue pending;

	final Backlog backlog;

	long now = Long.MAX_VALUE - 5;

	AbstractBacklogTests(int capacity) {
		this.pending = new EventQueue(capacity);
		this.backlog = new Backlog(this.pending, this.spool, this.statistics);
	}

	/**
	 * Take over what is in the queue, and look after the spool if that is due.
	 */
	void refill() {
		boolean more = true;
		while (more) {
			this.backlog.lookAfterSpool(this.now);
			more = this.backlog.refill();
		}
	}

	PendingEvent next() {
		PendingEvent event = this.backlog.next(false);
		assertThat(event).isNotNull();
		return event;
	}

	void elapse(Duration duration) {
		this.now += duration.toNanos();
	}

}
