// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events since the start. When idle, recorded + adopted = delivered + dropped +
 * ceded + pending. Safe for any thread.
 */
public final class DeliveryStatistics {

	private final LongAdder recorded = new LongAdder();

	private final LongAdder adopted = new LongAdder();

	private final LongAdder ceded = new LongAdder();

	private final LongAdder delivered = new LongAdder();

	private final LongAdder duplicates = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

	private volatile BigDecimal cost = BigDecimal.ZERO;

	DeliveryStatistics() {
		for (DropReason reason : DropReason.values()) {
			this.dropped.put(reason, new LongAdder());
		}
	}

	void countRecorded() {
		this.recorded.increment();
	}

	void countAdopted(int events) {
		this.adopted.add(events);
	}

	void countCeded() {
		this.ceded.increment();
	}

	void countDelivered(boolean duplicate) {
		this.delivered.increment();
		if (duplicate) {
			this.duplicates.increment();
		}
	}

	void countRetry() {
		this.retries.increment();
	}

	void countDropped(DropReason reason, long events) {
		adder(reason).add(events);
	}

	/**
	 * Add what a request cost; called by the delivery thread only.
	 */
	void addCost(BigDecimal cost) {
		this.cost = this.cost.add(cost);
	}

	/**
	 * Return the number of events that were recorded.
	 * @return the number of events
	 */
	public long getRecorded() {
		return this.recorded.sum();
	}

	/**
	 * Return the number of events of other processes that were adopted from the spool.
	 * @return the number of events
	 */
	public long getAdopted() {
		return this.adopted.sum();
	}

	/**
	 * Return the number of events that other processes adopted from the spool, because
	 * this one could not use it for too long. They deliver them.
	 * @return the number of events
	 */
	public long getCeded() {
		return this.ceded.sum();
	}

	/**
	 * Return the number of events that were delivered.
	 * @return the number of events, duplicates included
	 */
	public long getDelivered() {
		return this.delivered.sum();
	}

	/**
	 * Return the number of delivered events that LLMtrack already had, as the response to
	 * an earlier attempt got lost.
	 * @return the number of events
	 */
	public long getDuplicates() {
		return this.duplicates.sum();
	}

	/**
	 * Return the number of attempts that failed and were, or will be, followed by another
	 * one.
	 * @return the number of attempts
	 */
	public long getRetries() {
		return this.retries.sum();
	}

	/**
	 * Return the number of events that were dropped for a reason.
	 * @param reason the reason
	 * @return the number of events
	 */
	public long getDropped(DropReason reason) {
		return adder(reason).sum();
	}

	/**
	 * Return what the requests cost by LLMtrack's price list, as far as its responses
	 * say.
	 * @return the cost in US dollars
	 */
	public BigDecimal getCost() {
		return this.cost;
	}

	private LongAdder adder(DropReason reason) {
		LongAdder adder = this.dropped.get(reason);
		if (adder == null) {
			throw new IllegalStateException("No counter for " + reason);
		}
		return adder;
	}

}
