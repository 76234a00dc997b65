// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

/**
 * Why nothing is delivered to LLMtrack.
 *
 * @param scope what it prevents
 * @param severity how much it matters
 * @param reason why nothing is delivered, as a clause without a full stop
 * @param remedy what to do, in whole sentences; empty if there is nothing to do
 */
record Obstacle(Scope scope, Severity severity, String reason, String remedy) {

	/**
	 * The application has switched LLMtrack off.
	 */
	static final Obstacle DISABLED = new Obstacle(Scope.RECORDING, Severity.NONE, "llmtrack.enabled is false", "");

	/**
	 * The application wants its events for itself.
	 */
	static final Obstacle DELIVERY_DISABLED = new Obstacle(Scope.DELIVERY, Severity.INFO,
			"llmtrack.delivery.enabled is false and the application has neither an LlmUsageEventSink of its own nor budgets",
			"");

	/**
	 * There is no key.
	 */
	static final Obstacle NO_KEY = new Obstacle(Scope.DELIVERY, Severity.INFO, "there is no key",
			"To see what model requests cost, set llmtrack.api-key (or the environment variable LLMTRACK_API_KEY) to an "
					+ "ingestion key from your LLMtrack dashboard; to silence this line, set llmtrack.enabled=false.");

	/**
	 * The key is a model provider's. Sending it would disclose it.
	 */
	static final Obstacle KEY_OF_PROVIDER = new Obstacle(Scope.DELIVERY, Severity.ERROR,
			"llmtrack.api-key looks like the key of a model provider, which must not be given away",
			"Set it to an ingestion key from your LLMtrack dashboard; the provider's key belongs in the provider's own "
					+ "property.");

	/**
	 * The key has characters that an HTTP header can't have.
	 */
	static final Obstacle MALFORMED_KEY = new Obstacle(Scope.DELIVERY, Severity.ERROR,
			"llmtrack.api-key has characters that no key has, such as blanks or line breaks",
			"Copy the ingestion key from your LLMtrack dashboard again.");

	/**
	 * Create an obstacle to recording, of which the application should know.
	 */
	static Obstacle toRecording(String reason, String remedy) {
		return new Obstacle(Scope.RECORDING, Severity.WARN, reason, remedy);
	}

	/**
	 * Create an obstacle to delivery, of which the application should know.
	 */
	static Obstacle toDelivery(String reason, String remedy) {
		return new Obstacle(Scope.DELIVERY, Severity.WARN, reason, remedy);
	}

	/**
	 * What an obstacle prevents.
	 */
	enum Scope {

		/** Requests are still recorded for the application's own sink. */
		DELIVERY,

		/** Nothing is recorded, nor is any model instrumented. */
		RECORDING

	}

	/**
	 * How much it matters: whether the application wants it so, or has not decided yet,
	 * or is mistaken.
	 */
	enum Severity {

		NONE, INFO, WARN, ERROR

	}

}
