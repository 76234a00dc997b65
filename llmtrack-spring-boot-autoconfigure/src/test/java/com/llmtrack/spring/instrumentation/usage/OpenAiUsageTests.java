// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.openai.models.completions.CompletionUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenUsages} with what OpenAI and compatible services report.
 */
class OpenAiUsageTests {

	@Test
	void openAiCountsCachedAndReasoningTokensInclusively() {
		assertThat(TokenUsages.of(openAi(100, 80, 180, """
				"prompt_tokens_details":{"cached_tokens":64,"audio_tokens":0},
				"completion_tokens_details":{"reasoning_tokens":50,"accepted_prediction_tokens":0}""")))
			.isEqualTo(ExpectedUsages.inclusive(100, 80, 180L, 64L, 50L));
	}

	@Test
	void openAiStreamReportsInItsLastChunk() {
		assertThat(ExpectedUsages.stream(openAi(0, 0, 0, ""), new EmptyUsage(), openAi(100, 80, 180, """
				"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":50}""")))
			.isEqualTo(ExpectedUsages.inclusive(100, 80, 180L, 64L, 50L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"prompt_tokens_details\":null,\"completion_tokens_details\":null",
			"\"prompt_tokens_details\":{},\"completion_tokens_details\":{}",
			"\"prompt_tokens_details\":{\"cached_tokens\":null},\"completion_tokens_details\":{\"reasoning_tokens\":null}",
			"\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0}",
			"\"prompt_tokens_details\":{\"cached_tokens\":-1},\"completion_tokens_details\":{\"reasoning_tokens\":-1}",
			"\"prompt_tokens_details\":{\"cached_tokens\":101,\"cache_write_tokens\":101}",
			"\"completion_tokens_details\":{\"reasoning_tokens\":2147483648}",
			"\"prompt_tokens_details\":{\"cache_write_tokens\":null}",
			"\"prompt_tokens_details\":{\"cache_write_tokens\":0}",
			"\"completion_tokens_details\":{\"reasoning_tokens\":\"many\"}", "\"completion_tokens_details\":\"none\"" })
	void openAiDetailsThatSayNothingAreLeftOut(String details) {
		assertThat(TokenUsages.of(openAi(100, 80, 180, details))).isEqualTo(LlmTokenUsage.of(100L, 80L, 180L));
	}

	@Test
	void openAiWithCachedTokensOnly() {
		assertThat(TokenUsages.of(openAi(100, 80, 180, "\"prompt_tokens_details\":{\"cached_tokens\":100}")))
			.isEqualTo(ExpectedUsages.inclusive(100, 80, 180L, 100L, null));
	}

	@ParameterizedTest
	@CsvSource({ "64, 20, 64, 20", "0, 100, , 100", "80, 20, 80, 20", "80, 21, 80, ", "101, 20, , 20" })
	void openAiCountsTokensWrittenToTheCacheInclusively(long read, long write, @Nullable Long expectedRead,
			@Nullable Long expectedWrite) {
		LlmTokenUsage usage = TokenUsages.of(openAi(100, 80, 180,
				"\"prompt_tokens_details\":{\"cached_tokens\":%d,\"cache_write_tokens\":%d}".formatted(read, write)));
		assertThat(usage).isEqualTo(LlmTokenUsage.of(100L, 80L, 180L)
			.toBuilder()
			.cachedInput(expectedRead)
			.cacheWrite(expectedWrite)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build());
	}

	@ParameterizedTest
	@CsvSource({ "135, 135", "41, 135", "140, 140", "0, 135", "40, " })
	void reasoningBesideTheCompletionBecomesAPartOfIt(int total, @Nullable Long expected) {
		assertThat(TokenUsages.of(openAi(32, 9, total, "\"completion_tokens_details\":{\"reasoning_tokens\":94}")))
			.isEqualTo(ExpectedUsages.inclusive(32, 103, expected, null, 94L));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'prompt_tokens_details':{'cached_tokens':64,'cache_write_tokens':'many'}",
			"'prompt_tokens_details':{'cached_tokens':64},'completion_tokens_details':{'reasoning_tokens':'many'}",
			"'prompt_tokens_details':{'cached_tokens':64},'completion_tokens_details':'none'", "'cached_tokens':64" },
			quoteCharacter = '!')
	void malformedOpenAiDetailDoesNotCostTheOthers(String details) {
		assertThat(TokenUsages.of(openAi(100, 80, 180, details.replace('\'', '"'))))
			.isEqualTo(ExpectedUsages.inclusive(100, 80, 180L, 64L, null));
	}

	@Test
	void perplexityHasReasoningBesideTheOtherCounts() {
		assertThat(TokenUsages.of(openAi(33, 7163, 7196, "\"citation_tokens\":20016,\"reasoning_tokens\":73997")))
			.isEqualTo(ExpectedUsages.inclusive(33, 81160, 81193L, null, 73997L));
	}

	@Test
	void reasoningThatFitsIntoTheCompletionIsAPartOfIt() {
		assertThat(TokenUsages.of(openAi(32, 94, 126, "\"completion_tokens_details\":{\"reasoning_tokens\":94}")))
			.isEqualTo(ExpectedUsages.inclusive(32, 94, 126L, null, 94L));
	}

	@Test
	void reasoningWithoutAPromptLeavesTheTotalUnknown() {
		assertThat(TokenUsages.of(openAi(0, 9, 103, "\"completion_tokens_details\":{\"reasoning_tokens\":94}")))
			.isEqualTo(LlmTokenUsage.builder()
				.completion(103L)
				.reasoning(94L)
				.accounting(LlmTokenAccounting.INCLUSIVE)
				.build());
	}

	@Test
	void detailsFromSomeChunksOnlyAreKept() {
		assertThat(ExpectedUsages.stream(openAi(100, 1, 101, ""),
				openAi(100, 20, 120, "\"prompt_tokens_details\":{\"cached_tokens\":64}"),
				openAi(100, 80, 180, "\"completion_tokens_details\":{\"reasoning_tokens\":50}"),
				openAi(100, 80, 180, "")))
			.isEqualTo(ExpectedUsages.inclusive(100, 80, 180L, 64L, 50L));
	}

	private static Usage openAi(int prompt, int completion, int total, String details) {
		CompletionUsage usage = ExpectedUsages.fromJson(com.openai.core.ObjectMappers.jsonMapper(), """
				{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d%s}""".formatted(prompt, completion, total,
				details.isEmpty() ? "" : "," + details), CompletionUsage.class);
		Long cached = usage.promptTokensDetails().flatMap((prompted) -> prompted.cachedTokens()).orElse(null);
		return new DefaultUsage(prompt, completion, total, usage, cached, null);
	}

}
