// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How events are delivered.
 *
 * @param queueCapacity how many events may be pending; what exceeds it is dropped
 * @param maxInFlight how many events may be under way at once
 * @param shutdownTimeout how long the end of the application may wait for pending events
 * @since 0.1.0
 */
public record DeliverySettings(int queueCapacity, int maxInFlight, Duration shutdownTimeout) {

	public DeliverySettings {
		Assert.isTrue(queueCapacity > 0, "'queueCapacity' must be positive");
		Assert.isTrue(maxInFlight > 0, "'maxInFlight' must be positive");
		Assert.isTrue(!shutdownTimeout.isNegative(), "'shutdownTimeout' must not be negative");
	}

}
