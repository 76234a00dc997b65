// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Clears {@link LlmUsageEvents} before each test and its set-up methods. Loads no
 * context.
 */
final class ClearEventsTestExecutionListener implements TestExecutionListener, Ordered {

	/** Before Spring's listeners that may run code of the application. */
	private static final int ORDER = 1000;

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext()
				.getBeanProvider(LlmUsageEvents.class)
				.ifAvailable(LlmUsageEvents::clear);
		}
	}

}
