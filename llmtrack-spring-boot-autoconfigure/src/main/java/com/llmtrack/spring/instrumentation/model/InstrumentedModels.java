// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.Map;

/**
 * What the endpoint, the metrics and the line at start report about the instrumentation.
 */
public interface InstrumentedModels {

	/**
	 * Return the model beans that were created so far, and how each is instrumented.
	 * @return the model beans, ordered by name
	 */
	List<InstrumentedModel> instrumentedModels();

	/**
	 * Return the other beans that are models and ask a service, created or not, and why
	 * they are not instrumented.
	 * @return the model beans, ordered by name
	 */
	List<InstrumentedModel> uninstrumentedModels();

	/**
	 * Return those of the {@link #uninstrumentedModels} that the application uses, as far
	 * as that is known, though they are neither chat nor embedding models.
	 * @return names of beans, ordered
	 */
	List<String> unsupportedModels();

	/**
	 * Return the places in the application's code that made requests without a feature.
	 * @return the number of requests by place, which is the class, method and line
	 */
	Map<String, Long> callSitesWithoutFeature();

}
