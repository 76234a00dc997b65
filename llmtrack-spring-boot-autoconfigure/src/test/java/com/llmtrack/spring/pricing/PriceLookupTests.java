// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.io.IOException;
import java.math.BigDecimal;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PriceListFormat} and {@link ListedPrices}.
 */
class PriceLookupTests {

	private final ListedPrices modelsDev = read("models-dev");

	private final ListedPrices liteLlm = read("litellm");

	private static ListedPrices read(String name) {
		try {
			byte[] json = new ClassPathResource("prices/" + name + ".json").getContentAsByteArray();
			return PriceListFormat.read(Json.get().read(json, Object.class));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource(
			textBlock = """
					openai,         gpt-4o,                                        2.5
					OpenAI,         GPT-4o,                                        2.5
					openai,         gpt-4o-2024-11-20,                             2.5
					openai,         gpt-4o-2024-05-13,                             5
					openai,         models/gpt-4o,                                 2.5
					azure,          gpt-4o,                                        2.75
					azure,          gpt-4o-2024-08-06,                             2.75
					unknown,        gpt-4o,                                        2.5
					my-gateway,     gpt-4o-2024-08-06,                             2.5
					my-gateway,     openai/gpt-4o,                                 2.5
					github-copilot, gpt-4o,
					github_copilot, gpt-4o,
					ollama,         gpt-4o,
					openai,         claude-sonnet-4-5-20250929,                    3
					openai,         claude-sonnet-4-5@20250929,                    3
					openai,         claude-sonnet-4-5-latest,                      3
					openai,         ft:gpt-4o-2024-08-06:acme::id,
					google-vertex,  claude-opus-4-5@20251101,                      5
					amazon-bedrock, anthropic.claude-haiku-4-5-20251001-v1:0,      1
					amazon-bedrock, eu.anthropic.claude-haiku-4-5-20251001-v1:0,   1
					amazon-bedrock, 'arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0', 1
					unknown,        shared,                                        1
					unknown,        disputed,
					groq,           disputed,                                      1
					cerebras,       disputed,                                      3
					cerebras,       free,                                          0
					unknown,        free,                                          0
					github-copilot, shared,                                        0
					cerebras,       varies,
					cerebras,       malformed,
					cerebras,       nothing,
					openai,         gpt-4,
					openai,         other,
					unknown,        unknown,
					""")
	void findsPricesInTheFormatOfModelsDev(String provider, String model, BigDecimal expected) {
		assertInput(this.modelsDev, provider, model, expected);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			openai,         gpt-4o,                                        2.5
			azure,          gpt-4o-2024-11-20,                             2.75
			azure,          Phi-4,                                         0.125
			unknown,        gpt-4o,                                        2.5
			github-copilot, gpt-4o,
			google,         gemini-2.5-flash,                              0.3
			google-vertex,  gemini-2.5-flash,                              0.4
			google-vertex,  claude-opus-4-5,                               5
			unknown,        gemini-2.5-flash,                              0.3
			alibaba,        qwen-flash,                                    0.05
			mistral,        mistral-embed,                                 0.1
			deepseek,       deepseek-chat,                                 0.28
			togetherai,     meta-llama/Llama-3.3-70B-Instruct-Turbo,       0.88
			amazon-bedrock, us.anthropic.claude-haiku-4-5-20251001-v1:0,   1.1
			amazon-bedrock, eu.anthropic.claude-haiku-4-5-20251001-v1:0,   1
			openai,         ft:gpt-4o-2024-08-06:acme::id,                 3.75
			ollama,         llama3.1,                                      0
			unknown,        llama3.1,
			openai,         gpt-image-1,
			openai,         no-output,
			a provider,     sample_spec,
			""")
	void findsPricesInTheFormatOfLiteLlm(String provider, String model, BigDecimal expected) {
		assertInput(this.liteLlm, provider, model, expected);
	}

	@Test
	void cachedTokensHaveTheirPrices() {
		LlmTokenUsage inclusive = usage(1_000_000, 0, 400_000, 0, 0, LlmTokenAccounting.INCLUSIVE);
		assertCost(this.modelsDev, "openai", "gpt-4o", inclusive, "2");
		assertCost(this.liteLlm, "openai", "gpt-4o", inclusive, "2");
		LlmTokenUsage exclusive = usage(50_000, 0, 100_000, 40_000, 0, LlmTokenAccounting.EXCLUSIVE);
		assertCost(this.modelsDev, "anthropic", "claude-sonnet-4-5", exclusive, "0.33");
		assertCost(this.liteLlm, "anthropic", "claude-sonnet-4-5", exclusive, "0.33");
	}

	@Test
	void freeCacheWriteStillCostsTheInput() {
		LlmTokenUsage written = usage(100_000, 0, 0, 100_000, 0, LlmTokenAccounting.INCLUSIVE);
		assertCost(this.modelsDev, "openai", "gpt-5.4", written, "0.25");
		assertCost(this.liteLlm, "deepseek", "deepseek-chat", written, "0.028");
	}

	@ParameterizedTest
	@CsvSource({ "200000, 0.615", "200001, 1.222506" })
	void longPromptHasPricesOfItsOwn(long prompt, String expected) {
		LlmTokenUsage tokens = LlmTokenUsage.of(prompt, 1000L, null);
		assertCost(this.modelsDev, "anthropic", "claude-sonnet-4-5", tokens, expected);
		assertCost(this.liteLlm, "anthropic", "claude-sonnet-4-5", tokens, expected);
	}

	@Test
	void cachedTokensMakeAPromptLong() {
		LlmTokenUsage beside = usage(1, 0, 100_000, 100_000, 0, LlmTokenAccounting.EXCLUSIVE);
		assertCost(this.modelsDev, "anthropic", "claude-sonnet-4-5", beside, "0.810006");
		LlmTokenUsage within = usage(200_000, 0, 100_000, 100_000, 0, LlmTokenAccounting.INCLUSIVE);
		assertCost(this.modelsDev, "anthropic", "claude-sonnet-4-5", within, "0.405");
	}

	@Test
	void tiersHaveTheirOwnLimits() {
		assertCost(this.modelsDev, "openai", "gpt-5.4", LlmTokenUsage.of(272_000L, 0L, null), "0.68");
		assertCost(this.modelsDev, "openai", "gpt-5.4", LlmTokenUsage.of(272_001L, 0L, null), "1.360005");
		assertCost(this.liteLlm, "alibaba", "qwen-flash", LlmTokenUsage.of(256_000L, 0L, null), "0.0128");
		assertCost(this.liteLlm, "alibaba", "qwen-flash", LlmTokenUsage.of(400_000L, 0L, null), "0.1");
	}

	@Test
	void reasoningHasItsPrice() {
		LlmTokenUsage tokens = usage(0, 1_000_000, 0, 0, 250_000, LlmTokenAccounting.INCLUSIVE);
		assertCost(this.modelsDev, "alibaba", "qwen-plus", tokens, "1.9");
		assertCost(this.liteLlm, "google", "gemini-2.5-flash", tokens, "3.125");
		assertCost(this.modelsDev, "openai", "gpt-4o", tokens, "10");
	}

	@Test
	void embeddingNeedsNoCompletion() {
		LlmTokenUsage tokens = LlmTokenUsage.of(1_000_000L, null, 1_000_000L);
		assertCost(this.modelsDev, "openai", "text-embedding-3-small", tokens, "0.02");
		assertCost(this.liteLlm, "mistral", "mistral-embed", tokens, "0.1");
		assertThat(this.modelsDev.find("openai", "gpt-4o").cost(tokens)).isNull();
	}

	@Test
	void entriesWithoutAPriceAreNotCounted() {
		assertThat(this.modelsDev.size()).isEqualTo(15);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			null
			[]
			3
			{}
			{"data": [{"id": "gpt-4o"}]}
			{"openai": {"models": {"gpt-4o": {}}}}
			{"gpt-4o": {"litellm_provider": "openai", "mode": "chat"}}
			""")
	void otherContentIsNoPriceList(String json) {
		Object content = Json.get().read(json.getBytes(), Object.class);
		assertThatIllegalArgumentException().isThrownBy(() -> PriceListFormat.read(content))
			.withMessageContaining("models.dev")
			.withMessageContaining("LiteLLM");
	}

	private static LlmTokenUsage usage(long prompt, long completion, long cached, long written, long reasoning,
			LlmTokenAccounting accounting) {
		return LlmTokenUsage.builder()
			.prompt(prompt)
			.completion(completion)
			.cachedInput(cached)
			.cacheWrite(written)
			.reasoning(reasoning)
			.accounting(accounting)
			.build();
	}

	private static void assertInput(ListedPrices prices, String provider, String model, BigDecimal expected) {
		ListedPrice price = prices.find(provider, model);
		if (expected == null) {
			assertThat(price).isNull();
		}
		else {
			assertThat(price).isNotNull();
			assertThat(price.prices().input()).isEqualByComparingTo(expected);
		}
	}

	private static void assertCost(ListedPrices prices, String provider, String model, LlmTokenUsage tokens,
			String expected) {
		assertThat(prices.find(provider, model).cost(tokens)).isEqualByComparingTo(expected);
	}

}
