// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

import com.llmtrack.spring.LlmBudgetUnit;

/**
 * Amounts as whole numbers, which can be added exactly and by any store: billionths of a
 * US dollar, tokens and requests.
 */
final class Amounts {

	private static final int DECIMALS = 9;

	private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE / 4);

	private Amounts() {
	}

	/**
	 * Return an amount as a whole number, rounded, and the largest one if it is larger.
	 */
	static long of(LlmBudgetUnit unit, BigDecimal amount) {
		BigDecimal scaled = (unit == LlmBudgetUnit.USD) ? amount.movePointRight(DECIMALS) : amount;
		return scaled.min(MAX).max(MAX.negate()).setScale(0, RoundingMode.HALF_EVEN).longValue();
	}

	/**
	 * Return the sum of two amounts, and the largest number if it is larger.
	 */
	static long sum(long one, long other) {
		long sum = one + other;
		boolean overflow = ((one ^ sum) & (other ^ sum)) < 0;
		return overflow ? ((one < 0) ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
	}

	/**
	 * Return what a whole number stands for.
	 */
	static BigDecimal value(LlmBudgetUnit unit, long amount) {
		if (unit != LlmBudgetUnit.USD) {
			return BigDecimal.valueOf(amount);
		}
		BigDecimal value = BigDecimal.valueOf(amount, DECIMALS).stripTrailingZeros();
		return (value.scale() < 0) ? value.setScale(0) : value;
	}

}
