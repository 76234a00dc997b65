// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

/**
 * Health component.
 */
final class HealthProperties {

	/**
	 * Health status while LLMtrack does not take events. The default does not make the
	 * application unhealthy.
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
