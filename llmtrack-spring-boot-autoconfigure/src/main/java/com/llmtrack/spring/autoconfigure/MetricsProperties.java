// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

/**
 * Metrics.
 */
final class MetricsProperties {

	/**
	 * Maximum number of distinct features in the tags of metrics. Further ones count as
	 * other.
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
