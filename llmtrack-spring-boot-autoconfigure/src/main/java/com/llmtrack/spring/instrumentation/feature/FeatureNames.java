// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringValueResolver;

/**
 * Resolves the names in annotations, and reports each one that is not valid once.
 */
final class FeatureNames {

	private static final int MAX_LENGTH = 200;

	private static final Log logger = LogFactory.getLog(FeatureNames.class);

	private final LogOnce reported = LogOnce.forever();

	private volatile @Nullable StringValueResolver placeholders;

	FeatureNames(@Nullable StringValueResolver placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * Return the name of a feature, or {@code null} if it is blank.
	 * @param annotation the annotation that has the name
	 * @param place the class or method that is annotated
	 */
	@Nullable String resolve(LlmFeature annotation, String place) {
		String name = resolve(annotation.value(), place);
		if (name.isEmpty()) {
			report("is blank, and so counts as none", place);
			return null;
		}
		if (name.length() > MAX_LENGTH) {
			report("has more than " + MAX_LENGTH + " characters, and is cut", place);
		}
		return name;
	}

	/**
	 * Let go of the application, which resolves placeholders.
	 */
	void close() {
		this.placeholders = null;
	}

	private String resolve(String name, String place) {
		try {
			StringValueResolver placeholders = this.placeholders;
			String resolved = (placeholders != null) ? placeholders.resolveStringValue(name) : name;
			return (resolved != null) ? resolved.strip() : "";
		}
		catch (IllegalArgumentException ex) {
			report("has a placeholder that can't be resolved: " + ex.getMessage(), place);
			return name.strip();
		}
	}

	private void report(String problem, String place) {
		if (this.reported.isDue(place)) {
			logger.warn("The name in @LlmFeature on " + place + " " + problem + ". Give it a name of 1 to " + MAX_LENGTH
					+ " characters.");
		}
	}

}
