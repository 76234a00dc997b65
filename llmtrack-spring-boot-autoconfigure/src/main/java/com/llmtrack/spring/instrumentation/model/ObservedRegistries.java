// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.instrumentation.call.WeakIdentityMap;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The observation registries of the application, each of which gets the handler once, and
 * the gate if requests may be refused. One that takes none, such as a mock, never fails
 * the application.
 */
final class ObservedRegistries {

	private static final Log logger = LogFactory.getLog(ObservedRegistries.class);

	private final WeakIdentityMap<Known> known = new WeakIdentityMap<>();

	private final ModelObservationHandler handler;

	private boolean mayRefuse;

	ObservedRegistries(ModelObservationHandler handler) {
		this.handler = handler;
	}

	synchronized void add(ObservationRegistry registry, String beanName) {
		if (this.known.get(registry) == null) {
			Known known = new Known(beanName, addHandler(registry, beanName));
			this.known.put(registry, known);
			if (this.mayRefuse) {
				addGate(registry, known);
			}
		}
	}

	private boolean addHandler(ObservationRegistry registry, String beanName) {
		try {
			registry.observationConfig().observationHandler(this.handler);
			return true;
		}
		catch (Throwable ex) {
			logger.warn("Models that ObservationRegistry bean '" + beanName
					+ "' observes are recorded by their proxies only, because it takes no handler: "
					+ ex.getClass().getName());
			return false;
		}
	}

	/**
	 * Refuse requests from now on. The gate comes after all predicates of the
	 * application, so that it is not asked about observations that are not made.
	 */
	synchronized void refuse() {
		if (!this.mayRefuse) {
			this.mayRefuse = true;
			this.known.forEachKey((registry) -> {
				Known known = this.known.get(registry);
				if (known != null) {
					addGate((ObservationRegistry) registry, known);
				}
			});
		}
	}

	/**
	 * One that took no handler is left alone, as it has been reported.
	 */
	private void addGate(ObservationRegistry registry, Known known) {
		if (!known.takesHandler()) {
			return;
		}
		String beanName = known.beanName();
		try {
			registry.observationConfig().observationPredicate(new ObservedRequestGate(this.handler));
		}
		catch (Throwable ex) {
			logger.warn("Budgets refuse no requests of models that only ObservationRegistry bean '" + beanName
					+ "' observes, because it takes no predicate: " + ex.getClass().getName());
		}
	}

	private record Known(String beanName, boolean takesHandler) {
	}

}
