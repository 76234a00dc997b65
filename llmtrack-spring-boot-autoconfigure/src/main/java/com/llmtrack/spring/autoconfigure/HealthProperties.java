/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
