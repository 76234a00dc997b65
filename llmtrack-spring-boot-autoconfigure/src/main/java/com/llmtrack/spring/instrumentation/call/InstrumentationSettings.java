// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Collection;
import java.util.List;

import org.springframework.util.PatternMatchUtils;

/**
 * What the application decides about the instrumentation of its models.
 *
 * @param excludeBeans names of model beans to leave alone, with {@code *} as a wildcard
 * @param finalModels how to instrument models that can't be proxied by class
 * @param embeddings whether to instrument embedding models, too
 * @param reportMissingFeatures whether to report where requests without a feature come
 * from
 */
public record InstrumentationSettings(Collection<String> excludeBeans, FinalModels finalModels, boolean embeddings,
		boolean reportMissingFeatures) {

	/**
	 * Create settings.
	 */
	public InstrumentationSettings {
		excludeBeans = List.copyOf(excludeBeans);
	}

	/**
	 * Create the default settings.
	 */
	public InstrumentationSettings() {
		this(List.of(), FinalModels.PROXY, false, true);
	}

	public boolean isExcluded(String beanName) {
		for (String pattern : this.excludeBeans) {
			if (PatternMatchUtils.simpleMatch(pattern, beanName)) {
				return true;
			}
		}
		return false;
	}

}
