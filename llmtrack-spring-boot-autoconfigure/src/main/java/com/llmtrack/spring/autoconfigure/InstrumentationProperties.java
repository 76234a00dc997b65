// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;

import com.llmtrack.spring.instrumentation.call.FinalModels;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Instrumentation of models.
 */
@ConfigurationProperties("llmtrack.instrumentation")
final class InstrumentationProperties {

	/**
	 * Whether to instrument model beans. Without, only models that the application
	 * instruments itself are tracked.
	 */
	private boolean enabled = true;

	/**
	 * Names of model beans whose requests are not tracked. An asterisk stands for any
	 * characters.
	 */
	private List<String> excludeBeans = List.of();

	/**
	 * How to track models of final classes, which can't be proxied as beans.
	 */
	private FinalModels finalModels = FinalModels.PROXY;

	/**
	 * Whether to track requests of embedding models, too. Each of them is an event, which
	 * counts towards the quota.
	 */
	private boolean embeddings;

	/**
	 * Whether to log, once for each, which places in the code make requests without a
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
