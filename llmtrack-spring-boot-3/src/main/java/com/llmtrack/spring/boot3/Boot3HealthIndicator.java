// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import com.llmtrack.spring.actuate.DeliveryHealth;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/**
 * Shows {@link DeliveryHealth} as a health component of Spring Boot 3.5.
 */
final class Boot3HealthIndicator extends AbstractHealthIndicator {

	private final DeliveryHealth health;

	Boot3HealthIndicator(DeliveryHealth health) {
		super(DeliveryHealth.FAILED);
		this.health = health;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		DeliveryHealth.Report report = this.health.report();
		builder.status(report.status()).withDetails(report.details());
	}

}
