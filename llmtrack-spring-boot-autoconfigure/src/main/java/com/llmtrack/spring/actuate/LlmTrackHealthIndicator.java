// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows {@link DeliveryHealth} as a health component of Spring Boot 4.
 */
public final class LlmTrackHealthIndicator extends AbstractHealthIndicator {

	private final DeliveryHealth health;

	/**
	 * Create an indicator.
	 * @param health what it shows
	 */
	public LlmTrackHealthIndicator(DeliveryHealth health) {
		super(DeliveryHealth.FAILED);
		this.health = health;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		DeliveryHealth.Report report = this.health.report();
		builder.status(report.status()).withDetails(report.details());
	}

}
