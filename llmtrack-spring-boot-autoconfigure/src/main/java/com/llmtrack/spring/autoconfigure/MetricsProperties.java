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
 * Metrics.
 */
@ConfigurationProperties("llmtrack.metrics")
final class MetricsProperties {

	/**
	 * Number of distinct features in the tags of metrics. Further ones count as other.
	 */
	private int maxFeatures = 100;

	public int getMaxFeatures() {
		return this.maxFeatures;
	}

	public void setMaxFeatures(int maxFeatures) {
		this.maxFeatures = maxFeatures;
	}

	void check() {
		LlmTrackProperties.check(this.maxFeatures >= 1 && this.maxFeatures <= 10_000, "metrics.max-features",
				this.maxFeatures, "Must be between 1 and 10000.");
	}

}
