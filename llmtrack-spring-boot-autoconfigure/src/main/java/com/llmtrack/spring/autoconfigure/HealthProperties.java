// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Health component.
 */
@ConfigurationProperties("llmtrack.health")
final class HealthProperties {

	/**
	 * Health status while LLMtrack does not take events. With the default, no application
	 * is unhealthy because of it.
	 */
	private String problemStatus = "UNKNOWN";

	public String getProblemStatus() {
		return this.problemStatus;
	}

	public void setProblemStatus(String problemStatus) {
		this.problemStatus = problemStatus;
	}

	void check() {
		LlmTrackProperties.check(this.problemStatus.matches("[A-Za-z][A-Za-z0-9_-]*"), "health.problem-status",
				this.problemStatus, "Must be the code of a health status, such as UNKNOWN, UP or DOWN.");
	}

}
