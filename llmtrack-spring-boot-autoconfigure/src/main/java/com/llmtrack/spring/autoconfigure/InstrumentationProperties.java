// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;

import com.llmtrack.spring.instrumentation.call.FinalModels;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;

import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Instrumentation of models.
 *
 * @param enabled Whether to instrument model beans. If not, only requests of models that
 * the application instruments itself are recorded.
 * @param excludeBeans Names of model beans that are not instrumented. An asterisk stands
 * for any characters.
 * @param finalModels How to instrument models of final classes, whose beans can't be
 * proxied.
 * @param embeddings Whether to record requests of embedding models, too. Each is an
 * event, which counts towards the quota.
 * @param reportMissingFeatures Whether to log, once for each, the places in the code that
 * make requests without a feature.
 */
record InstrumentationProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> excludeBeans,
		@DefaultValue("proxy") FinalModels finalModels, @DefaultValue("false") boolean embeddings,
		@DefaultValue("true") boolean reportMissingFeatures) {

	@ConstructorBinding
	InstrumentationProperties {
	}

	InstrumentationProperties() {
		this(true, List.of(), FinalModels.PROXY, false, true);
	}

	InstrumentationSettings settings() {
		return new InstrumentationSettings(this.excludeBeans, this.finalModels, this.embeddings,
				this.reportMissingFeatures);
	}

}
