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

package com.llmtrack.spring.actuate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps what goes wrong with meters, such as a failing filter of the application's, away
 * from everything else.
 */
final class MeterFailures {

	private static final Log logger = LogFactory.getLog(LlmTrackMetrics.class);

	private MeterFailures() {
	}

	static void contain(Runnable binding) {
		try {
			binding.run();
		}
		catch (Throwable ex) {
			logger.warn("Metrics of LLMtrack are missing, as they could not be registered; events are delivered "
					+ "all the same. Check the meter registry and its filters.", ex);
		}
	}

}
