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
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Knows the oldest of the events that the delivery thread, which alone writes to it, has
 * taken. Read by any thread.
 */
final class PendingAges {

	private final TreeMap<Instant, Integer> counts = new TreeMap<>();

	private volatile @Nullable Instant oldest;

	void add(QueuedEvent event) {
		this.counts.merge(event.recordedAt(), 1, Integer::sum);
		publish();
	}

	void remove(QueuedEvent event) {
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
