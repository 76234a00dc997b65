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

package com.llmtrack.spring.instrumentation;

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
