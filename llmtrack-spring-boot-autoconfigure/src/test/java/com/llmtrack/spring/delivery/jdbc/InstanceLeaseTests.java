// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InstanceLease}.
 */
class InstanceLeaseTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final InstanceLease lease = new InstanceLease(Duration.ofMinutes(2), this.now::get);

	@Test
	void leaseIsHeldForLongAfterItsLength() {
		this.lease.renewed(this.now.get(), false);
		renewAfter(Duration.ofSeconds(119));
		assertThat(this.lease.isHeldForLong()).isFalse();
		renewAfter(Duration.ofSeconds(1));
		assertThat(this.lease.isHeldForLong()).isTrue();
	}

	@Test
	void renewalThatReachedTheDatabaseLateDoesNotCountAsHeldForLong() {
		this.lease.renewed(this.now.get(), false);
		renewAfter(Duration.ofSeconds(119));
		renewAfter(Duration.ofSeconds(120));
		assertThat(this.lease.isHeld()).isTrue();
		assertThat(this.lease.isHeldForLong()).isFalse();
	}

	@Test
	void shortLeaseIsHeldForLongOnceOthersHaveHadTimeToNoticeThatTheDatabaseIsBack() {
		InstanceLease lease = new InstanceLease(Duration.ofSeconds(3), this.now::get);
		lease.renewed(this.now.get(), false);
		for (int i = 0; i < 20; i++) {
			assertThat(lease.isHeldForLong()).isFalse();
			this.now.addAndGet(Duration.ofSeconds(1).toNanos());
			lease.renewed(this.now.get(), true);
		}
		assertThat(lease.isHeldForLong()).isTrue();
	}

	private void renewAfter(Duration duration) {
		this.now.addAndGet(duration.toNanos());
		this.lease.renewed(this.now.get(), true);
	}

}
