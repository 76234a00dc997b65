// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;

import com.llmtrack.spring.delivery.SpoolState;

import org.springframework.util.Assert;

/**
 * How pending events are kept in a database, and how many.
 *
 * @param tablePrefix what the names of the tables begin with
 * @param initializeSchema whether to create the tables
 * @param lease how long an instance that can't renew its lease keeps its events, by the
 * database's clock
 * @param maxEvents how many events one instance keeps there
 * @param maxBytes how much space they take altogether
 */
public record JdbcSpoolSettings(String tablePrefix, SchemaInitialization initializeSchema, Duration lease,
		int maxEvents, long maxBytes) {

	public JdbcSpoolSettings {
		Assert.isTrue(lease.toSeconds() > 0, "'lease' must be a second at least");
		// As the database counts it
		lease = Duration.ofSeconds(lease.toSeconds());
		Assert.isTrue(maxEvents > 0, "'maxEvents' must be positive");
		Assert.isTrue(maxBytes > 0, "'maxBytes' must be positive");
	}

	/**
	 * Return an interval in which the lease can be renewed three times before it expires.
	 */
	Duration renewalInterval() {
		return this.lease.dividedBy(3);
	}

	/**
	 * Return how long to leave the database alone after a failure.
	 */
	Duration retryInterval() {
		Duration renewalInterval = renewalInterval();
		return (renewalInterval.compareTo(SpoolState.RETRY_INTERVAL) < 0) ? renewalInterval : SpoolState.RETRY_INTERVAL;
	}

}
