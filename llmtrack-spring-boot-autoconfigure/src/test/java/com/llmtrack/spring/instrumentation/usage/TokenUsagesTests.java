// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.deepseek.api.DeepSeekApi;
import org.springframework.ai.google.genai.metadata.GoogleGenAiUsage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenUsages} with the usage that Spring AI's models report.
 */
class TokenUsagesTests {

	@ParameterizedTest
	@CsvSource({ "0, 5, 5, , 5, ", "0, 5, 0, , 5, ", "0, 5, 105, , 5, 105", "0, 0, 5, , , 5", "10, 0, 10, 10, 0, 10",
			"10, 0, 0, 10, 0, 10", "7, 5, 11, 7, 5, ", "7, 5, 12, 7, 5, 12", "7, 5, 13, 7, 5, 13" })
	void zeroThatNobodyCountedIsUnknown(int prompt, int completion, int total, @Nullable Long expectedPrompt,
			@Nullable Long expectedCompletion, @Nullable Long expectedTotal) {
		assertThat(TokenUsages.of(new DefaultUsage(prompt, completion, total)))
			.isEqualTo(LlmTokenUsage.of(expectedPrompt, expectedCompletion, expectedTotal));
	}

	@Test
	void embeddingOfAnUnknownPromptIsUnknown() {
		assertThat(TokenUsages.ofEmbedding(new DefaultUsage(0, 0, 5))).isEqualTo(LlmTokenUsage.of(null, null, 5L));
		assertThat(TokenUsages.ofEmbedding(new DefaultUsage(5, 0))).isEqualTo(LlmTokenUsage.of(5L, null, 5L));
	}

	@Test
	void googleCountsThoughtsBesideTheCandidates() {
		assertThat(TokenUsages.of(google(GenerateContentResponseUsageMetadata.builder()
			.promptTokenCount(1000)
			.cachedContentTokenCount(800)
			.candidatesTokenCount(50)
			.thoughtsTokenCount(300)
			.totalTokenCount(1350)))).isEqualTo(ExpectedUsages.inclusive(1000, 350, 1350L, 800L, 300L));
	}

	@Test
	void googleTotalContainsTheResultsOfItsOwnTools() {
		assertThat(TokenUsages.of(google(GenerateContentResponseUsageMetadata.builder()
			.promptTokenCount(1000)
			.toolUsePromptTokenCount(70)
			.candidatesTokenCount(50)
			.thoughtsTokenCount(300)
			.totalTokenCount(1420)))).isEqualTo(ExpectedUsages.inclusive(1000, 350, 1420L, null, 300L));
	}

	@Test
	void googleThoughtsAreInATotalThatWasNotReported() {
		assertThat(TokenUsages.of(google(GenerateContentResponseUsageMetadata.builder()
			.promptTokenCount(1000)
			.candidatesTokenCount(50)
			.thoughtsTokenCount(300)))).isEqualTo(ExpectedUsages.inclusive(1000, 350, 1350L, null, 300L));
	}

	@Test
	void googleStreamRaisesItsCountsFromChunkToChunk() {
		assertThat(ExpectedUsages.stream(
				google(GenerateContentResponseUsageMetadata.builder()
					.promptTokenCount(1000)
					.thoughtsTokenCount(200)
					.totalTokenCount(1200)),
				google(GenerateContentResponseUsageMetadata.builder()
					.promptTokenCount(1000)
					.candidatesTokenCount(20)
					.thoughtsTokenCount(300)
					.totalTokenCount(1320)),
				google(GenerateContentResponseUsageMetadata.builder()
					.promptTokenCount(1000)
					.cachedContentTokenCount(800)
					.candidatesTokenCount(50)
					.thoughtsTokenCount(300)
					.totalTokenCount(1350))))
			.isEqualTo(ExpectedUsages.inclusive(1000, 350, 1350L, 800L, 300L));
	}

	@Test
	void googleWithoutDetailsHasNone() {
		assertThat(TokenUsages.of(google(GenerateContentResponseUsageMetadata.builder()
			.promptTokenCount(10)
			.candidatesTokenCount(5)
			.thoughtsTokenCount(0)
			.totalTokenCount(15)))).isEqualTo(LlmTokenUsage.of(10L, 5L, 15L));
	}

	@Test
	void deepSeekCountsCachedTokensInclusively() {
		assertThat(TokenUsages.of(deepSeek(new DeepSeekApi.Usage.PromptTokensDetails(64))))
			.isEqualTo(ExpectedUsages.inclusive(100, 80, 180L, 64L, null));
		assertThat(ExpectedUsages.stream(new EmptyUsage(), deepSeek(new DeepSeekApi.Usage.PromptTokensDetails(64))))
			.isEqualTo(ExpectedUsages.inclusive(100, 80, 180L, 64L, null));
	}

	@Test
	void deepSeekWithoutCacheHasNoDetails() {
		LlmTokenUsage plain = LlmTokenUsage.of(100L, 80L, 180L);
		assertThat(TokenUsages.of(deepSeek(null))).isEqualTo(plain);
		assertThat(TokenUsages.of(deepSeek(new DeepSeekApi.Usage.PromptTokensDetails(null)))).isEqualTo(plain);
		assertThat(TokenUsages.of(deepSeek(new DeepSeekApi.Usage.PromptTokensDetails(0)))).isEqualTo(plain);
	}

	@Test
	void usageWithoutDetailsHasNone() {
		assertThat(TokenUsages.of(new DefaultUsage(7, 5))).isEqualTo(LlmTokenUsage.of(7L, 5L, 12L));
	}

	@ParameterizedTest
	@CsvSource({ "142, 100, 30", "112, 100, ", "42, , 30" })
	void totalOfAnUnknownProviderShowsThatItsCachedTokensAreExclusive(int total, @Nullable Long read,
			@Nullable Long write) {
		assertThat(TokenUsages.of(new DefaultUsage(7, 5, total, "its own", read, write)))
			.isEqualTo(ExpectedUsages.exclusive(7, 5, total, read, write));
	}

	@ParameterizedTest
	@CsvSource({ "12, 4, 3", "12, 4, ", "12, 0, 0", "100, 4, 3", "12, -4, 4" })
	void cachedTokensAreLeftOutWhereTheirAccountingIsUnknown(int total, @Nullable Long read, @Nullable Long write) {
		assertThat(TokenUsages.of(new DefaultUsage(7, 5, total, null, read, write)))
			.isEqualTo(LlmTokenUsage.of(7L, 5L, (long) total));
	}

	@Test
	void totalShowsNothingIfAPartOfItIsUnknown() {
		assertThat(TokenUsages.of(new DefaultUsage(0, 5, 105, null, 100L, null) {

			@Override
			public Integer getPromptTokens() {
				return null;
			}

		})).isEqualTo(LlmTokenUsage.of(null, 5L, 105L));
	}

	@Test
	void failingDetailsLeaveTheCounts() {
		assertThat(TokenUsages.of(new DefaultUsage(7, 5) {

			@Override
			public Long getCacheReadInputTokens() {
				throw new IllegalStateException();
			}

		})).isEqualTo(LlmTokenUsage.of(7L, 5L, 12L));
		assertThat(TokenUsages.of(new DefaultUsage(7, 5) {

			@Override
			public Object getNativeUsage() {
				throw new NoSuchMethodError();
			}

		})).isEqualTo(LlmTokenUsage.of(7L, 5L, 12L));
	}

	private static Usage google(GenerateContentResponseUsageMetadata.Builder builder) {
		return GoogleGenAiUsage.from(builder.build());
	}

	private static Usage deepSeek(DeepSeekApi.Usage.@Nullable PromptTokensDetails details) {
		return new DefaultUsage(100, 80, 180, new DeepSeekApi.Usage(80, 100, 180, details));
	}

}
