// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import com.llmtrack.spring.delivery.EventDispatcher;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ends each test of a {@code SpringBootTest} when its events are delivered. The next one
 * has the same application and servers, and would count an event that is late as its own.
 */
class DeliveredEvents implements TestExecutionListener {

	@Override
	public void afterTestMethod(TestContext test) {
		test.getApplicationContext()
			.getBeanProvider(EventDispatcher.class)
			.ifAvailable((dispatcher) -> Waiting.await()
				.untilAsserted(() -> assertThat(dispatcher.getStatus().pending()).isZero()));
	}

}
