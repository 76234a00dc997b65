// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.math.BigDecimal;
import java.util.Map;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelPrices}.
 */
class ModelPricesTests {

	private final ModelPrices prices = new ModelPrices(Map.of("gpt", price("0.15", "0.60", "0.075", null), "claude",
			price("3", "15", "0.30", "3.75"), "embedding", price("0.02", "0", null, null), "free",
			price("0", "0", null, null), "plain", price("2", "8", null, null)));

	private static TokenPrices price(String input, String output, String cachedInput, String cacheWrite) {
		return new TokenPrices(new BigDecimal(input), new BigDecimal(output), decimal(cachedInput), decimal(cacheWrite),
				null);
	}

	private static BigDecimal decimal(String value) {
		return (value != null) ? new BigDecimal(value) : null;
	}

	@Test
	void promptAndCompletionHaveTheirPrices() {
		assertCost("gpt", LlmTokenUsage.of(19L, 10L, 29L), "0.00000885");
	}

	@Test
	void modelHasAnyCase() {
		assertCost("GPT", LlmTokenUsage.of(1_000_000L, 0L, 1_000_000L), "0.15");
	}

	@Test
	void inclusiveCachedTokensArePartOfThePrompt() {
		// 86 at 0.15, 1920 at 0.075, 300 at 0.60, of which 256 are reasoning
		assertCost("gpt",
				LlmTokenUsage.builder()
					.prompt(2006L)
					.completion(300L)
					.total(2306L)
					.cachedInput(1920L)
					.reasoning(256L)
					.accounting(LlmTokenAccounting.INCLUSIVE)
					.build(),
				"0.0003369");
	}

	@Test
	void exclusiveCachedTokensAreBesideThePrompt() {
		// 100 at 3, 50 at 15, 1000 at 0.30, 200 at 3.75
		assertCost("claude",
				LlmTokenUsage.builder()
					.prompt(100L)
					.completion(50L)
					.total(150L)
					.cachedInput(1000L)
					.cacheWrite(200L)
					.accounting(LlmTokenAccounting.EXCLUSIVE)
					.build(),
				"0.0021");
	}

	@ParameterizedTest
	@CsvSource({ "INCLUSIVE, 0.002", "EXCLUSIVE, 0.0032" })
	void cachedTokensWithoutAPriceCostWhatOthersDo(LlmTokenAccounting accounting, String expected) {
		assertCost("plain",
				LlmTokenUsage.builder()
					.prompt(1000L)
					.completion(0L)
					.total(1000L)
					.cachedInput(500L)
					.cacheWrite(100L)
					.accounting(accounting)
					.build(),
				expected);
	}

	@Test
	void moreCachedTokensThanThereAreInThePromptCostNothingLess() {
		assertCost("plain",
				LlmTokenUsage.builder()
					.prompt(10L)
					.completion(0L)
					.total(10L)
					.cachedInput(50L)
					.accounting(LlmTokenAccounting.INCLUSIVE)
					.build(),
				"0.0001");
	}

	@Test
	void modelWithoutAPriceHasNoCost() {
		assertThat(cost("other", LlmTokenUsage.of(1L, 1L, 2L))).isNull();
	}

	@Test
	void unknownTokensHaveNoCost() {
		assertThat(cost("gpt", LlmTokenUsage.UNKNOWN)).isNull();
		assertThat(cost("gpt", LlmTokenUsage.of(1L, null, null))).isNull();
		assertThat(cost("gpt", LlmTokenUsage.of(null, 1L, null))).isNull();
		assertThat(cost("gpt", LlmTokenUsage.of(null, null, 2L))).isNull();
		assertThat(cost("free", LlmTokenUsage.UNKNOWN)).isNull();
	}

	@Test
	void embeddingNeedsNoCompletion() {
		assertCost("embedding", LlmTokenUsage.of(500L, null, 500L), "0.00001");
	}

	@Test
	void zeroPricesCostNothing() {
		assertCost("free", LlmTokenUsage.of(1L, 1L, 2L), "0");
	}

	@Test
	void numbersAreExact() {
		assertCost("plain", LlmTokenUsage.of(1L, 1L, 2L), "0.00001");
		assertCost("gpt", LlmTokenUsage.of((long) Integer.MAX_VALUE, (long) Integer.MAX_VALUE, null), "1610.61273525");
		assertCost("plain", LlmTokenUsage.of(50_000_000L, 0L, null), "100");
	}

	private void assertCost(String model, LlmTokenUsage tokens, String expected) {
		BigDecimal cost = cost(model, tokens);
		assertThat(cost).isNotNull();
		assertThat(cost.toPlainString()).isEqualTo(expected);
	}

	private BigDecimal cost(String model, LlmTokenUsage tokens) {
		return this.prices.calculate(LlmUsageEvent.builder().model(model).tokens(tokens).build());
	}

}
