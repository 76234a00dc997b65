// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Health component.
 *
 * @param problemStatus Health status while LLMtrack does not take events. The default
 * does not make the application unhealthy.
 */
record HealthProperties(@DefaultValue("UNKNOWN") String problemStatus) {

	@ConstructorBinding
	HealthProperties {
	}

	HealthProperties() {
		this("UNKNOWN");
	}

	void check() {
		PropertyChecks.check(this.problemStatus.matches("[A-Za-z][A-Za-z0-9_-]*"), "health.problem-status",
				this.problemStatus, "Must be the code of a health status, such as UNKNOWN, UP or DOWN.");
	}

}
