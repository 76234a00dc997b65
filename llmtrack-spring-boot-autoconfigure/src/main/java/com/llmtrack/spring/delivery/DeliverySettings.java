// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How events are delivered.
 *
 * @param queueCapacity how many events may be pending in memory; further ones are dropped
 * @param maxInFlight how many events may be in flight at once
 * @param shutdownTimeout how long to wait for pending events when the application ends
 */
public record DeliverySettings(int queueCapacity, int maxInFlight, Duration shutdownTimeout) {

	public DeliverySettings {
		Assert.isTrue(queueCapacity > 0, "'queueCapacity' must be positive");
		Assert.isTrue(maxInFlight > 0, "'maxInFlight' must be positive");
		Assert.isTrue(!shutdownTimeout.isNegative(), "'shutdownTimeout' must not be negative");
	}

}
