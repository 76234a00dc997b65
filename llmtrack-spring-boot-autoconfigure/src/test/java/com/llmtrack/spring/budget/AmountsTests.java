// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;

import com.llmtrack.spring.LlmBudgetUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Amounts}.
 */
class AmountsTests {

	@Test
	void dollarsAreCountedInBillionths() {
		assertThat(Amounts.of(LlmBudgetUnit.USD, new BigDecimal("0.000000150"))).isEqualTo(150);
		assertThat(Amounts.value(LlmBudgetUnit.USD, 49_870_000_000L)).isEqualTo(new BigDecimal("49.87"));
		assertThat(Amounts.value(LlmBudgetUnit.USD, 100_000_000_000L)).isEqualTo(new BigDecimal("100"));
		assertThat(Amounts.value(LlmBudgetUnit.USD, 0)).isEqualTo(new BigDecimal("0"));
	}

	@Test
	void smallestCostsAreRoundedHalfEven() {
		assertThat(Amounts.of(LlmBudgetUnit.USD, new BigDecimal("0.0000000025"))).isEqualTo(2);
		assertThat(Amounts.of(LlmBudgetUnit.USD, new BigDecimal("-0.0000000035"))).isEqualTo(-4);
	}

	@Test
	void amountBeyondAllBoundsIsBounded() {
		long most = Amounts.of(LlmBudgetUnit.USD, new BigDecimal("1e40"));
		assertThat(most).isPositive();
		assertThat(Math.addExact(most, most)).isPositive();
		assertThat(Amounts.of(LlmBudgetUnit.TOKENS, new BigDecimal("-1e40"))).isEqualTo(-most);
	}

	@Test
	void tokensAreWhole() {
		assertThat(Amounts.value(LlmBudgetUnit.TOKENS, 1_000_000)).isEqualTo(new BigDecimal("1000000"));
	}

}
