// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Waits for what other threads do, without a delay of its own.
 */
public final class Waiting {

	private Waiting() {
	}

	public static ConditionFactory await() {
		return Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(30));
	}

	/**
	 * Wait as long as it takes to see that something does not happen.
	 */
	public static ConditionFactory awhile() {
		return await().during(Duration.ofMillis(100));
	}

}
