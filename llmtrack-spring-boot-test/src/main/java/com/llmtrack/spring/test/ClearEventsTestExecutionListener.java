// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Has {@link LlmUsageEvents} forget before each test what was recorded until then. Comes
 * before the test's own set-up methods, and loads no context.
 */
final class ClearEventsTestExecutionListener implements TestExecutionListener, Ordered {

	/** Before those of Spring that may run code of the application. */
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
