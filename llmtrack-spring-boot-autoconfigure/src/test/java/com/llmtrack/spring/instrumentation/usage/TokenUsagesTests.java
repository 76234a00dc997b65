// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.List;
import java.util.stream.Stream;

import com.anthropic.models.messages.MessageDeltaUsage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.openai.models.completions.CompletionUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

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

	@Test
	void openAiCountsCachedAndReasoningTokensInclusively() {
		assertThat(TokenUsages.of(openAi(100, 80, 180, """
				"prompt_tokens_details":{"cached_tokens":64,"audio_tokens":0},
				"completion_tokens_details":{"reasoning_tokens":50,"accepted_prediction_tokens":0}""")))
			.isEqualTo(inclusive(100, 80, 180, 64L, 50L));
	}

	@Test
	void openAiStreamReportsInItsLastChunk() {
		assertThat(stream(openAi(0, 0, 0, ""), new EmptyUsage(), openAi(100, 80, 180, """
				"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":50}""")))
			.isEqualTo(inclusive(100, 80, 180, 64L, 50L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"prompt_tokens_details\":null,\"completion_tokens_details\":null",
			"\"prompt_tokens_details\":{},\"completion_tokens_details\":{}",
			"\"prompt_tokens_details\":{\"cached_tokens\":null},\"completion_tokens_details\":{\"reasoning_tokens\":null}",
			"\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0}",
			"\"prompt_tokens_details\":{\"cached_tokens\":-1},\"completion_tokens_details\":{\"reasoning_tokens\":-1}",
			"\"prompt_tokens_details\":{\"cached_tokens\":101},\"completion_tokens_details\":{\"reasoning_tokens\":81}",
			"\"completion_tokens_details\":{\"reasoning_tokens\":\"many\"}", "\"completion_tokens_details\":\"none\"" })
	void openAiDetailsThatSayNothingAreLeftOut(String details) {
		assertThat(TokenUsages.of(openAi(100, 80, 180, details))).isEqualTo(LlmTokenUsage.of(100L, 80L, 180L));
	}

	@Test
	void openAiWithCachedTokensOnly() {
		assertThat(TokenUsages.of(openAi(100, 80, 180, "\"prompt_tokens_details\":{\"cached_tokens\":100}")))
			.isEqualTo(inclusive(100, 80, 180, 100L, null));
	}

	@Test
	void reasoningBesideTheCompletionBecomesAPartOfIt() {
		assertThat(TokenUsages.of(openAi(32, 9, 135, "\"completion_tokens_details\":{\"reasoning_tokens\":94}")))
			.isEqualTo(inclusive(32, 103, 135, null, 94L));
	}

	@Test
	void anthropicCountsCachedTokensExclusively() {
		com.anthropic.models.messages.Usage usage = fromJson(com.anthropic.core.ObjectMappers.jsonMapper(), """
				{"input_tokens":21,"output_tokens":393,"cache_read_input_tokens":188086,
				"cache_creation_input_tokens":456}""", com.anthropic.models.messages.Usage.class);
		assertThat(TokenUsages.of(new DefaultUsage(21, 393, 414, usage, 188086L, 456L)))
			.isEqualTo(exclusive(21, 393, 414, 188086L, 456L));
	}

	@Test
	void anthropicStreamReportsInItsLastChunk() {
		MessageDeltaUsage usage = fromJson(com.anthropic.core.ObjectMappers.jsonMapper(),
				"{\"output_tokens\":393,\"cache_read_input_tokens\":188086}", MessageDeltaUsage.class);
		assertThat(stream(new EmptyUsage(), new DefaultUsage(21, 393, 414, usage, 188086L, null)))
			.isEqualTo(exclusive(21, 393, 414, 188086L, null));
	}

	@Test
	void anthropicWithoutCacheHasNoDetails() {
		MessageDeltaUsage usage = fromJson(com.anthropic.core.ObjectMappers.jsonMapper(), "{\"output_tokens\":393}",
				MessageDeltaUsage.class);
		assertThat(TokenUsages.of(new DefaultUsage(21, 393, 414, usage, 0L, 0L)))
			.isEqualTo(LlmTokenUsage.of(21L, 393L, 414L));
	}

	@Test
	void bedrockCountsCachedTokensExclusively() {
		assertThat(TokenUsages.of(bedrock(21, 393, 1414, 900, 100))).isEqualTo(exclusive(21, 393, 1414, 900L, 100L));
		assertThat(TokenUsages.of(bedrock(21, 393, 414, null, 100))).isEqualTo(exclusive(21, 393, 414, null, 100L));
		assertThat(TokenUsages.of(bedrock(21, 393, 414, null, null))).isEqualTo(LlmTokenUsage.of(21L, 393L, 414L));
	}

	@Test
	void bedrockStreamReportsInItsLastChunk() {
		assertThat(stream(new DefaultUsage(0, 0, 0, null, null, null), bedrock(21, 393, 1414, 900, 100)))
			.isEqualTo(exclusive(21, 393, 1414, 900L, 100L));
	}

	@Test
	void googleCountsThoughtsBesideTheCandidates() {
		assertThat(TokenUsages.of(google(GenerateContentResponseUsageMetadata.builder()
			.promptTokenCount(1000)
			.cachedContentTokenCount(800)
			.candidatesTokenCount(50)
			.thoughtsTokenCount(300)
			.totalTokenCount(1350)))).isEqualTo(inclusive(1000, 350, 1350, 800L, 300L));
	}

	@Test
	void googleTotalContainsTheResultsOfItsOwnTools() {
		assertThat(TokenUsages.of(google(GenerateContentResponseUsageMetadata.builder()
			.promptTokenCount(1000)
			.toolUsePromptTokenCount(70)
			.candidatesTokenCount(50)
			.thoughtsTokenCount(300)
			.totalTokenCount(1420)))).isEqualTo(inclusive(1000, 350, 1420, null, 300L));
	}

	@Test
	void googleThoughtsAreInATotalThatWasNotReported() {
		assertThat(TokenUsages.of(google(GenerateContentResponseUsageMetadata.builder()
			.promptTokenCount(1000)
			.candidatesTokenCount(50)
			.thoughtsTokenCount(300)))).isEqualTo(inclusive(1000, 350, 1350, null, 300L));
	}

	@Test
	void googleStreamRaisesItsCountsFromChunkToChunk() {
		assertThat(stream(
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
			.isEqualTo(inclusive(1000, 350, 1350, 800L, 300L));
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
			.isEqualTo(inclusive(100, 80, 180, 64L, null));
		assertThat(stream(new EmptyUsage(), deepSeek(new DeepSeekApi.Usage.PromptTokensDetails(64))))
			.isEqualTo(inclusive(100, 80, 180, 64L, null));
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
			.isEqualTo(exclusive(7, 5, total, read, write));
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

	@Test
	void detailsFromSomeChunksOnlyAreKept() {
		assertThat(stream(openAi(100, 1, 101, ""),
				openAi(100, 20, 120, "\"prompt_tokens_details\":{\"cached_tokens\":64}"),
				openAi(100, 80, 180, "\"completion_tokens_details\":{\"reasoning_tokens\":50}"),
				openAi(100, 80, 180, "")))
			.isEqualTo(inclusive(100, 80, 180, 64L, 50L));
	}

	private static LlmTokenUsage stream(Usage... chunks) {
		List<LlmTokenUsage> usages = Stream.of(chunks).map(TokenUsages::of).toList();
		return usages.stream().reduce(LlmTokenUsage.UNKNOWN, TokenUsages::max);
	}

	private static Usage openAi(int prompt, int completion, int total, String details) {
		CompletionUsage usage = fromJson(com.openai.core.ObjectMappers.jsonMapper(), """
				{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d%s}""".formatted(prompt, completion, total,
				details.isEmpty() ? "" : "," + details), CompletionUsage.class);
		Long cached = usage.promptTokensDetails().flatMap((prompted) -> prompted.cachedTokens()).orElse(null);
		return new DefaultUsage(prompt, completion, total, usage, cached, null);
	}

	private static Usage bedrock(int prompt, int completion, int total, @Nullable Integer read,
			@Nullable Integer write) {
		TokenUsage usage = TokenUsage.builder()
			.inputTokens(prompt)
			.outputTokens(completion)
			.totalTokens(total)
			.cacheReadInputTokens(read)
			.cacheWriteInputTokens(write)
			.build();
		return new DefaultUsage(prompt, completion, total, usage, (read != null) ? read.longValue() : null,
				(write != null) ? write.longValue() : null);
	}

	private static Usage google(GenerateContentResponseUsageMetadata.Builder builder) {
		return GoogleGenAiUsage.from(builder.build());
	}

	private static Usage deepSeek(DeepSeekApi.Usage.@Nullable PromptTokensDetails details) {
		return new DefaultUsage(100, 80, 180, new DeepSeekApi.Usage(80, 100, 180, details));
	}

	private static LlmTokenUsage inclusive(long prompt, long completion, long total, @Nullable Long cached,
			@Nullable Long reasoning) {
		return LlmTokenUsage.builder()
			.prompt(prompt)
			.completion(completion)
			.total(total)
			.cachedInput(cached)
			.reasoning(reasoning)
			.accounting(LlmTokenAccounting.INCLUSIVE)
			.build();
	}

	private static LlmTokenUsage exclusive(long prompt, long completion, long total, @Nullable Long read,
			@Nullable Long write) {
		return LlmTokenUsage.builder()
			.prompt(prompt)
			.completion(completion)
			.total(total)
			.cachedInput(read)
			.cacheWrite(write)
			.accounting(LlmTokenAccounting.EXCLUSIVE)
			.build();
	}

	private static <T> T fromJson(JsonMapper mapper, String json, Class<T> type) {
		try {
			return mapper.readValue(json, type);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
