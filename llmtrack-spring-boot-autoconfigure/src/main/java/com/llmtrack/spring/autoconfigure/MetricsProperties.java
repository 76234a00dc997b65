// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Metrics.
 *
 * @param maxFeatures Maximum number of distinct features in the tags of metrics. Further
 * ones count as other.
 */
record MetricsProperties(@DefaultValue("100") int maxFeatures) {

	@ConstructorBinding
	MetricsProperties {
	}

	MetricsProperties() {
		this(100);
	}

	void check() {
		PropertyChecks.checkRange("metrics.max-features", this.maxFeatures, 10_000);
	}

}
