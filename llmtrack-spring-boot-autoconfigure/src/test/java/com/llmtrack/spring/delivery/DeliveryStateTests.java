// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryState}.
 */
class DeliveryStateTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			WAITING        | PT0.5S | PT1S  | PT2S  | PT1M
			KEY_REFUSED    | PT30S  | PT1M  | PT2M  | PT15M
			PLAN_EXHAUSTED | PT5M   | PT10M | PT20M | PT1H
			MISDIRECTED    | PT30S  | PT1M  | PT2M  | PT15M
			""")
	void delayDoublesWithEachFailureUpToItsMaximum(DeliveryState state, Duration first, Duration second, Duration third,
			Duration max) {
		assertThat(state.delayAfter(1)).isEqualTo(first);
		assertThat(state.delayAfter(2)).isEqualTo(second);
		assertThat(state.delayAfter(3)).isEqualTo(third);
		assertThat(state.delayAfter(10)).isEqualTo(max);
		assertThat(state.delayAfter(Integer.MAX_VALUE)).isEqualTo(max);
	}

	@ParameterizedTest
	@EnumSource
	void delayNeverShrinks(DeliveryState state) {
		for (int failures = 1; failures < 20; failures++) {
			assertThat(state.delayAfter(failures + 1)).isGreaterThanOrEqualTo(state.delayAfter(failures));
		}
	}

	@Test
	void activeStateHasNoDelay() {
		assertThat(DeliveryState.ACTIVE.delayAfter(0)).isZero();
		assertThat(DeliveryState.ACTIVE.delayAfter(5)).isZero();
	}

}
