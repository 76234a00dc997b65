// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

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
