// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Has observation registries report the models' observations.
 */
final class ObservationRegistries {

	private static final Log logger = LogFactory.getLog(ObservationRegistries.class);

	private final ModelObservationHandler handler;

	ObservationRegistries(ModelObservationHandler handler) {
		this.handler = handler;
	}

	/**
	 * Have a registry report.
	 */
	void add(ObservationRegistry registry, String beanName) {
		try {
			registry.observationConfig().observationHandler(this.handler);
		}
		catch (Throwable ex) {
			logger.warn("Models that ObservationRegistry bean '" + beanName
					+ "' observes are tracked by their proxies only, because it takes no handler: "
					+ ex.getClass().getName());
		}
	}

}
