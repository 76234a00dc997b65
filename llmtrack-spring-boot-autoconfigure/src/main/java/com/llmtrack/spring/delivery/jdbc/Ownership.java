// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import com.llmtrack.spring.delivery.SpoolLog;
import com.llmtrack.spring.delivery.SpoolState;
import com.llmtrack.spring.delivery.SpooledEvent;

import org.springframework.dao.ConcurrencyFailureException;

/**
 * Keeps the lease of this instance, and what is known of the rows that it owns in line
 * with the database. Used by one thread at a time.
 */
final class Ownership {

	/** How many rows are adopted, or deleted, in one transaction. */
	private static final int MAX_ROWS = 1_000;

	private final DatabaseAccess access;

	private final OwnedRows owned;

	private final SpoolState state;

	private final SpoolLog log;

	private final LongSupplier clock;

	private final InstanceLease lease;

	private boolean moreToAdopt;

	/**
	 * Create the ownership of an instance that has no lease yet.
	 * @param access to the database
	 * @param owned what is known of the rows
	 * @param state tells how much room there is
	 * @param log says what others took over
	 * @param length how long the lease lasts
	 * @param clock tells the time, in nanoseconds
	 */
	Ownership(DatabaseAccess access, OwnedRows owned, SpoolState state, SpoolLog log, Duration length,
			LongSupplier clock) {
		this.access = access;
		this.owned = owned;
		this.state = state;
		this.log = log;
		this.clock = clock;
		this.lease = new InstanceLease(length, clock);
	}

	/**
	 * Renew the lease if it is due, and delete rows that are to be deleted.
	 */
	void prepare() throws Exception {
		if (this.lease.isDue()) {
			renewLease();
		}
		deleteObsolete();
	}

	/**
	 * Renew the lease, or take it.
	 */
	void renewLease() throws Exception {
		long begin = this.clock.getAsLong();
		boolean held = this.access.call(SpoolTables::renewLease);
		if (!this.lease.renewed(begin, held)) {
			this.owned.doubtIfAny();
		}
	}

	private void deleteObsolete() throws Exception {
		for (List<String> keys = obsolete(); !keys.isEmpty(); keys = obsolete()) {
			List<String> some = keys;
			this.access.run((tables) -> tables.delete(some));
			this.owned.deleted(some);
		}
	}

	private List<String> obsolete() {
		return this.owned.obsolete(MAX_ROWS);
	}

	/**
	 * Find out which rows are owned, if that is in doubt.
	 * @param found gets events that are owned and were not known
	 * @return how many events were known that others own
	 */
	int resolveDoubt(List<SpooledEvent> found) throws Exception {
		if (!this.owned.isInDoubt()) {
			return 0;
		}
		List<SpooledEvent> stored = this.access.call(SpoolTables::events);
		int ceded = this.owned.retainAll(keys(stored));
		stored.stream().filter((event) -> !this.owned.contains(event)).forEach(found::add);
		found.forEach(this.owned::add);
		this.owned.trust();
		this.log.ceded(ceded);
		return ceded;
	}

	/**
	 * Adopt rows that other instances have left.
	 * @param adopted gets their events
	 */
	void adopt(List<SpooledEvent> adopted) throws Exception {
		boolean alsoExpired = this.lease.isHeldForLong();
		int max = Math.min(this.state.roomForEvents(), MAX_ROWS);
		long maxBytes = this.state.roomForBytes();
		this.moreToAdopt = false;
		if (max == 0) {
			return;
		}
		// Until the outcome is known
		this.owned.doubt();
		List<SpooledEvent> events = List.of();
		try {
			events = this.access.call((tables) -> tables.adopt(alsoExpired, max, maxBytes));
		}
		catch (ConcurrencyFailureException ex) {
			// Another instance adopts them
		}
		this.owned.trust();
		events.forEach(this.owned::add);
		adopted.addAll(events);
		this.moreToAdopt = events.size() == MAX_ROWS;
	}

	private static Set<String> keys(List<SpooledEvent> events) {
		return events.stream().map(SpooledEvent::idempotencyKey).collect(Collectors.toSet());
	}

	/**
	 * Return whether the latest adoption has left rows to be adopted.
	 */
	boolean hasMoreToAdopt() {
		return this.moreToAdopt;
	}

	/**
	 * Release the lease, and leave the rows to others.
	 */
	void release() throws Exception {
		try {
			if (this.lease.isHeld() && this.access.isPossible()) {
				List<String> obsolete = obsolete();
				this.access.run((tables) -> {
					tables.delete(obsolete);
					tables.releaseLease();
				});
			}
		}
		finally {
			this.lease.released();
			this.owned.clear();
		}
	}

}
