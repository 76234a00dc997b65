// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.time.Duration;

import com.llmtrack.spring.delivery.DeliverySettings;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Delivery of events.
 *
 * @param enabled Whether to deliver events to LLMtrack. If not, only sinks of the
 * application get them.
 * @param queueCapacity Maximum number of pending events. When it is reached, new events
 * are dropped and counted.
 * @param maxInFlight Maximum number of events in flight, which is also the maximum number
 * of connections.
 * @param connectTimeout Maximum time to wait for a connection.
 * @param requestTimeout Maximum time of an exchange with LLMtrack. The application never
 * waits for it, and an event whose exchange timed out is sent again.
 * @param shutdownTimeout Maximum time that the shutdown of the application waits for
 * pending events.
 */
record DeliveryProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10000") int queueCapacity,
		@DefaultValue("8") int maxInFlight, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("30s") Duration requestTimeout, @DefaultValue("5s") Duration shutdownTimeout) {

	@ConstructorBinding
	DeliveryProperties {
	}

	DeliveryProperties() {
		this(true, 10_000, 8, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(5));
	}

	DeliverySettings settings() {
		return new DeliverySettings(this.queueCapacity, this.maxInFlight, this.shutdownTimeout);
	}

	void check() {
		PropertyChecks.checkRange("delivery.queue-capacity", this.queueCapacity, 1_000_000);
		PropertyChecks.checkRange("delivery.max-in-flight", this.maxInFlight, 256);
		checkTimeout("connect-timeout", this.connectTimeout, 1, "1ms");
		checkTimeout("request-timeout", this.requestTimeout, 1, "1ms");
		checkTimeout("shutdown-timeout", this.shutdownTimeout, 0, "0s");
	}

	private static void checkTimeout(String name, Duration value, long minMillis, String min) {
		PropertyChecks.check(
				value.compareTo(Duration.ofMillis(minMillis)) >= 0 && value.compareTo(Duration.ofHours(1)) <= 0,
				"delivery." + name, value, "Must be between " + min + " and 1h.");
	}

}
