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

import java.util.List;

import com.llmtrack.spring.instrumentation.FinalModels;
import com.llmtrack.spring.instrumentation.InstrumentationSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Instrumentation of models.
 */
final class InstrumentationProperties {

	/**
	 * Whether to instrument model beans. Without, only models that the application
	 * instruments itself are tracked.
	 */
	private final boolean enabled;

	/**
	 * Names of model beans whose requests are not tracked. An asterisk stands for any
	 * characters.
	 */
	private final List<String> excludeBeans;

	/**
	 * How to track models of final classes, which can't be proxied as beans.
	 */
	private final FinalModels finalModels;

	/**
	 * Whether to track requests of embedding models, too. Each of them is an event, which
	 * counts towards the quota.
	 */
	private final boolean embeddings;

	/**
	 * Whether to log, once for each, which places in the code make requests without a
	 * feature.
	 */
	private final boolean reportMissingFeatures;

	InstrumentationProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> excludeBeans,
			@DefaultValue("proxy") FinalModels finalModels, @DefaultValue("false") boolean embeddings,
			@DefaultValue("true") boolean reportMissingFeatures) {
		this.enabled = enabled;
		this.excludeBeans = excludeBeans;
		this.finalModels = finalModels;
		this.embeddings = embeddings;
		this.reportMissingFeatures = reportMissingFeatures;
	}

	boolean isEnabled() {
		return this.enabled;
	}

	List<String> getExcludeBeans() {
		return this.excludeBeans;
	}

	FinalModels getFinalModels() {
		return this.finalModels;
	}

	boolean isEmbeddings() {
		return this.embeddings;
	}

	boolean isReportMissingFeatures() {
		return this.reportMissingFeatures;
	}

	InstrumentationSettings settings() {
		return new InstrumentationSettings(this.excludeBeans, this.finalModels, this.embeddings,
				this.reportMissingFeatures);
	}

}
