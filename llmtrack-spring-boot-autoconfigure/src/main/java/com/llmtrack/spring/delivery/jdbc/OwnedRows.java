// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.llmtrack.spring.delivery.SpoolState;
import com.llmtrack.spring.delivery.SpooledEvent;

/**
 * What an instance knows of the rows that it owns. What the database did is not known
 * after a failure, or if it did not answer in time: then rows may be owned that are not
 * known, or known that are not owned. Used by one thread at a time.
 */
final class OwnedRows {

	private final SpoolState state;

	private final Map<String, SpooledEvent> events = new HashMap<>();

	/** Keys of rows that are to be deleted, as far as they exist. */
	private final Set<String> obsolete = new LinkedHashSet<>();

	private boolean inDoubt;

	OwnedRows(SpoolState state) {
		this.state = state;
	}

	void add(SpooledEvent event) {
		if (this.events.put(event.idempotencyKey(), event) == null) {
			this.state.added(event);
		}
	}

	private void remove(String key) {
		SpooledEvent event = this.events.remove(key);
		if (event != null) {
			this.state.removed(event);
		}
	}

	/**
	 * Mark rows to be deleted; they take up room until then.
	 */
	void discard(Collection<String> keys) {
		this.obsolete.addAll(keys);
	}

	/**
	 * Return some keys of rows to be deleted.
	 */
	List<String> obsolete(int max) {
		return this.obsolete.stream().limit(max).toList();
	}

	/**
	 * Take note that rows were deleted.
	 */
	void deleted(List<String> keys) {
		keys.forEach(this.obsolete::remove);
		keys.forEach(this::remove);
	}

	/**
	 * Have it found out which rows are owned.
	 */
	void doubt() {
		this.inDoubt = true;
	}

	/**
	 * Take note that the lease was not held for a while.
	 */
	void doubtIfAny() {
		this.inDoubt |= !this.events.isEmpty();
	}

	boolean isInDoubt() {
		return this.inDoubt;
	}

	void trust() {
		this.inDoubt = false;
	}

	/**
	 * Remove the events that are not stored as this instance's any more.
	 * @return how many there were
	 */
	int retainAll(Set<String> stored) {
		List<String> ceded = this.events.keySet().stream().filter((key) -> !stored.contains(key)).toList();
		ceded.forEach(this::remove);
		return ceded.size();
	}

	boolean contains(SpooledEvent event) {
		return this.events.containsKey(event.idempotencyKey());
	}

	/**
	 * Return the keys of all events.
	 */
	Set<String> keys() {
		return Set.copyOf(this.events.keySet());
	}

	/**
	 * Forget all rows, which belong to others from now on.
	 */
	void clear() {
		List.copyOf(this.events.keySet()).forEach(this::remove);
		this.obsolete.clear();
		this.inDoubt = false;
	}

}
