// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

/**
 * Why nothing is delivered to LLMtrack.
 */
enum Obstacle {

	/**
	 * The application has switched LLMtrack off.
	 */
	DISABLED(Severity.NONE, "llmtrack.enabled is false", ""),

	/**
	 * The application wants its events for itself.
	 */
	DELIVERY_DISABLED(Severity.INFO,
			"llmtrack.delivery.enabled is false and the application has no LlmUsageEventSink of its own", ""),

	/**
	 * There is no key.
	 */
	NO_KEY(Severity.INFO, "there is no key",
			"To see what model requests cost, set llmtrack.api-key (or the environment variable LLMTRACK_API_KEY) to an "
					+ "ingestion key from your LLMtrack dashboard; to silence this line, set llmtrack.enabled=false."),

	/**
	 * The key is a model provider's. Sending it would disclose it.
	 */
	KEY_OF_PROVIDER(Severity.ERROR,
			"llmtrack.api-key looks like the key of a model provider, which must not be given away",
			"Set it to an ingestion key from your LLMtrack dashboard; the provider's key belongs in the provider's own "
					+ "property."),

	/**
	 * The key has characters that an HTTP header can't have.
	 */
	MALFORMED_KEY(Severity.ERROR, "llmtrack.api-key has characters that no key has, such as blanks or line breaks",
			"Copy the ingestion key from your LLMtrack dashboard again."),

	/**
	 * A library that delivery needs is missing.
	 */
	MISSING_LIBRARY(Severity.WARN, "spring-webflux or Jackson is missing from the class path",
			"llmtrack-spring-boot-starter and Spring AI bring them with them.");

	private final Severity severity;

	private final String reason;

	private final String remedy;

	Obstacle(Severity severity, String reason, String remedy) {
		this.severity = severity;
		this.reason = reason;
		this.remedy = remedy;
	}

	Severity severity() {
		return this.severity;
	}

	/**
	 * Return why nothing is delivered.
	 * @return a clause without a full stop
	 */
	String reason() {
		return this.reason;
	}

	/**
	 * Return what to do.
	 * @return whole sentences, empty if there is nothing to do
	 */
	String remedy() {
		return this.remedy;
	}

	/**
	 * How much it matters: whether the application wants it so, or has not decided yet,
	 * or is mistaken.
	 */
	enum Severity {

		NONE, INFO, WARN, ERROR

	}

}
