// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.delivery.DeliveryStatistics;
import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;

/**
 * What an instance has done with events so far.
 *
 * @param mostConnections how many connections its spool has had open at once
 */
record InstanceStatus(long recorded, long adopted, long delivered, long dropped, long ceded, long pending, long spooled,
		long mostConnections) {

	static InstanceStatus of(EventDispatcher dispatcher, int mostConnections) {
		DeliveryStatistics statistics = dispatcher.getStatistics();
		long dropped = Stream.of(DropReason.values()).mapToLong(statistics::getDropped).sum();
		return new InstanceStatus(statistics.getRecorded(), statistics.getAdopted(), statistics.getDelivered(), dropped,
				statistics.getCeded(), dispatcher.getPending(), dispatcher.getSpooled(), mostConnections);
	}

	static InstanceStatus parse(String text) {
		long[] values = Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
		return new InstanceStatus(values[0], values[1], values[2], values[3], values[4], values[5], values[6],
				values[7]);
	}

	/**
	 * Return the status as {@link #parse(String)} reads it.
	 */
	String text() {
		return Stream
			.of(this.recorded, this.adopted, this.delivered, this.dropped, this.ceded, this.pending, this.spooled,
					this.mostConnections)
			.map(String::valueOf)
			.collect(Collectors.joining(" "));
	}

	/**
	 * Return whether each event is counted exactly once, as it is when nothing happens.
	 */
	boolean isBalanced() {
		return this.recorded + this.adopted == this.delivered + this.dropped + this.ceded + this.pending;
	}

}
