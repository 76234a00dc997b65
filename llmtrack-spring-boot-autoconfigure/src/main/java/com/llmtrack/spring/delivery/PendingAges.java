// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The times at which the events in the {@link Backlog} were recorded. Written by the
 * delivery thread only, read by any.
 */
final class PendingAges {

	private final TreeMap<Instant, Integer> counts = new TreeMap<>();

	private volatile @Nullable Instant oldest;

	void add(PendingEvent event) {
		this.counts.merge(event.recordedAt(), 1, Integer::sum);
		publish();
	}

	void remove(PendingEvent event) {
		this.counts.computeIfPresent(event.recordedAt(), (time, count) -> (count > 1) ? count - 1 : null);
		publish();
	}

	private void publish() {
		this.oldest = this.counts.isEmpty() ? null : this.counts.firstKey();
	}

	/**
	 * Return when the oldest event was recorded, or {@code null} if there is none.
	 */
	@Nullable Instant oldest() {
		return this.oldest;
	}

}
