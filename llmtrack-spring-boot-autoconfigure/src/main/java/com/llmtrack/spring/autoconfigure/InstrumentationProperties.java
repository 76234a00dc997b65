// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;

import com.llmtrack.spring.instrumentation.call.FinalModels;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;

/**
 * Instrumentation of models.
 */
final class InstrumentationProperties {

	/**
	 * Whether to instrument model beans. If not, only requests of models that the
	 * application instruments itself are recorded.
	 */
	private boolean enabled = true;

	/**
	 * Names of model beans that are not instrumented. An asterisk stands for any
	 * characters.
	 */
	private List<String> excludeBeans = List.of();

	/**
	 * How to instrument models of final classes, whose beans can't be proxied.
	 */
	private FinalModels finalModels = FinalModels.PROXY;

	/**
	 * Whether to record requests of embedding models, too. Each is an event, which counts
	 * towards the quota.
	 */
	private boolean embeddings;

	/**
	 * Whether to log, once for each, the places in the code that make requests without a
	 * feature.
	 */
	private boolean reportMissingFeatures = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public List<String> getExcludeBeans() {
		return this.excludeBeans;
	}

	public void setExcludeBeans(List<String> excludeBeans) {
		this.excludeBeans = excludeBeans;
	}

	public FinalModels getFinalModels() {
		return this.finalModels;
	}

	public void setFinalModels(FinalModels finalModels) {
		this.finalModels = finalModels;
	}

	public boolean isEmbeddings() {
		return this.embeddings;
	}

	public void setEmbeddings(boolean embeddings) {
		this.embeddings = embeddings;
	}

	public boolean isReportMissingFeatures() {
		return this.reportMissingFeatures;
	}

	public void setReportMissingFeatures(boolean reportMissingFeatures) {
		this.reportMissingFeatures = reportMissingFeatures;
	}

	InstrumentationSettings settings() {
		return new InstrumentationSettings(this.excludeBeans, this.finalModels, this.embeddings,
				this.reportMissingFeatures);
	}

}
