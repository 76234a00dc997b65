// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.WeakIdentityMap;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The observation registries of the application, each of which gets the handler once.
 */
final class ObservedRegistries {

	private static final Log logger = LogFactory.getLog(ObservedRegistries.class);

	private final WeakIdentityMap<Boolean> known = new WeakIdentityMap<>();

	private final ModelObservationHandler handler;

	ObservedRegistries(ModelObservationHandler handler) {
		this.handler = handler;
	}

	synchronized void add(ObservationRegistry registry, String beanName) {
		if (this.known.get(registry) != null) {
			return;
		}
		this.known.put(registry, true);
		try {
			registry.observationConfig().observationHandler(this.handler);
		}
		catch (Throwable ex) {
			logger.warn("Models that ObservationRegistry bean '" + beanName
					+ "' observes are recorded by their proxies only, because it takes no handler: "
					+ ex.getClass().getName());
		}
	}

}
