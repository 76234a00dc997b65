// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts what became of pending events, and removes them from the spool, many at once. An
 * event that is in the spool is pending until it is removed from there. Used by the
 * delivery thread only.
 */
final class Settlement {

	private final EventQueue queue;

	private final SpoolTransfer transfer;

	private final DeliveryStatistics statistics;

	/** Events to remove from the spool, and how to count them then. */
	private final Map<PendingEvent, Runnable> unremoved = new LinkedHashMap<>();

	Settlement(EventQueue queue, SpoolTransfer transfer, DeliveryStatistics statistics) {
		this.queue = queue;
		this.transfer = transfer;
		this.statistics = statistics;
	}

	/**
	 * Count an event as delivered.
	 * @param ceded whether another process has it in the spool
	 */
	void deliver(PendingEvent event, boolean duplicate, boolean ceded) {
		settle(event, ceded, () -> this.statistics.countDelivered(duplicate));
	}

	void drop(PendingEvent event, DropReason reason) {
		settle(event, false, () -> this.statistics.countDropped(reason, 1));
	}

	void cede(PendingEvent event) {
		settle(event, true, this.statistics::countCeded);
	}

	private void settle(PendingEvent event, boolean ceded, Runnable count) {
		if (event.spooled() != null && !ceded) {
			this.unremoved.put(event, count);
		}
		else {
			count(event, count);
		}
	}

	private void count(PendingEvent event, Runnable count) {
		if (this.queue.settle(event)) {
			count.run();
		}
	}

	/**
	 * Remove what was settled from the spool, and count it.
	 */
	void removeAll() {
		if (!this.unremoved.isEmpty()) {
			try {
				this.transfer.remove(this.unremoved.keySet());
			}
			finally {
				this.unremoved.forEach(this::count);
				this.unremoved.clear();
			}
		}
	}

}
