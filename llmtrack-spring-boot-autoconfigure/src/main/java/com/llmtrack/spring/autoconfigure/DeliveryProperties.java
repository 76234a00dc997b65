// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.time.Duration;

/**
 * Delivery of events.
 */
final class DeliveryProperties {

	/**
	 * Whether to deliver events to LLMtrack. If not, only sinks of the application get
	 * them.
	 */
	private boolean enabled = true;

	/**
	 * Maximum number of pending events. When it is reached, new events are dropped and
	 * counted.
	 */
	private int queueCapacity = 10_000;

	/**
	 * Maximum number of events in flight, which is also the maximum number of
	 * connections.
	 */
	private int maxInFlight = 8;

	/**
	 * Maximum time to wait for a connection.
	 */
	private Duration connectTimeout = Duration.ofSeconds(5);

	/**
	 * Maximum time of an exchange with LLMtrack. The application never waits for it, and
	 * an event whose exchange timed out is sent again.
	 */
	private Duration requestTimeout = Duration.ofSeconds(30);

	/**
	 * Maximum time that the shutdown of the application waits for pending events.
	 */
	private Duration shutdownTimeout = Duration.ofSeconds(5);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getQueueCapacity() {
		return this.queueCapacity;
	}

	public void setQueueCapacity(int queueCapacity) {
		this.queueCapacity = queueCapacity;
	}

	public int getMaxInFlight() {
		return this.maxInFlight;
	}

	public void setMaxInFlight(int maxInFlight) {
		this.maxInFlight = maxInFlight;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	public void setRequestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	void check() {
		checkRange("queue-capacity", this.queueCapacity, 1_000_000);
		checkRange("max-in-flight", this.maxInFlight, 256);
		checkRange("connect-timeout", this.connectTimeout);
		checkRange("request-timeout", this.requestTimeout);
		LlmTrackProperties.check(!this.shutdownTimeout.isNegative() && isBelowMaximum(this.shutdownTimeout),
				"delivery.shutdown-timeout", this.shutdownTimeout, "Must be between 0s and 1h.");
	}

	private static void checkRange(String name, int value, int max) {
		LlmTrackProperties.check(value >= 1 && value <= max, "delivery." + name, value,
				"Must be between 1 and " + max + ".");
	}

	private static void checkRange(String name, Duration value) {
		LlmTrackProperties.check(value.toMillis() >= 1 && isBelowMaximum(value), "delivery." + name, value,
				"Must be between 1ms and 1h.");
	}

	private static boolean isBelowMaximum(Duration value) {
		return value.compareTo(Duration.ofHours(1)) <= 0;
	}

}
