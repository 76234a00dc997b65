// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import com.anthropic.models.messages.MessageDeltaUsage;
import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenUsages} with what Anthropic and Amazon Bedrock report, which
 * count cached tokens in addition to the prompt.
 */
class ExclusiveUsageTests {

	@Test
	void anthropicCountsCachedTokensExclusively() {
		com.anthropic.models.messages.Usage usage = ExpectedUsages
			.fromJson(com.anthropic.core.ObjectMappers.jsonMapper(), """
					{"input_tokens":21,"output_tokens":393,"cache_read_input_tokens":188086,
					"cache_creation_input_tokens":456}""", com.anthropic.models.messages.Usage.class);
		assertThat(TokenUsages.of(new DefaultUsage(21, 393, 414, usage, 188086L, 456L)))
			.isEqualTo(ExpectedUsages.exclusive(21, 393, 414, 188086L, 456L));
	}

	@Test
	void anthropicStreamReportsInItsLastChunk() {
		MessageDeltaUsage usage = ExpectedUsages.fromJson(com.anthropic.core.ObjectMappers.jsonMapper(),
				"{\"output_tokens\":393,\"cache_read_input_tokens\":188086}", MessageDeltaUsage.class);
		assertThat(ExpectedUsages.stream(new EmptyUsage(), new DefaultUsage(21, 393, 414, usage, 188086L, null)))
			.isEqualTo(ExpectedUsages.exclusive(21, 393, 414, 188086L, null));
	}

	@Test
	void anthropicPromptMayBeCachedCompletely() {
		assertThat(TokenUsages.of(anthropicStream(0, 393, "{\"output_tokens\":393}", 188086L, null)))
			.isEqualTo(ExpectedUsages.exclusive(0, 393, 393, 188086L, null));
		assertThat(TokenUsages.of(anthropicStream(0, 0, "{\"output_tokens\":0}", null, 456L)))
			.isEqualTo(ExpectedUsages.exclusive(0, 0, 0, null, 456L));
		assertThat(TokenUsages.of(anthropicStream(0, 393, "{\"output_tokens\":393}", null, 0L)))
			.isEqualTo(LlmTokenUsage.of(null, 393L, null));
	}

	@Test
	void anthropicStreamHasItsWholeInputInItsLastChunk() {
		assertThat(TokenUsages
			.of(anthropicStream(2679, 510, "{\"output_tokens\":510,\"input_tokens\":10682}", null, null)))
			.isEqualTo(LlmTokenUsage.of(10682L, 510L, 11192L));
		assertThat(TokenUsages.of(anthropicStream(2679, 510, "{\"output_tokens\":510,\"input_tokens\":0}", null, null)))
			.isEqualTo(LlmTokenUsage.of(2679L, 510L, 3189L));
	}

	@Test
	void anthropicCountsThinkingInclusivelyWhereNothingIsCached() {
		String usage = "{\"output_tokens\":393,\"output_tokens_details\":{\"thinking_tokens\":300}}";
		assertThat(TokenUsages.of(anthropicStream(21, 393, usage, null, 0L)))
			.isEqualTo(ExpectedUsages.inclusive(21, 393, 414L, null, 300L));
		assertThat(TokenUsages.of(anthropicStream(21, 393, usage, 900L, null)))
			.isEqualTo(ExpectedUsages.exclusive(21, 393, 414, 900L, null));
	}

	@Test
	void malformedAnthropicDetailDoesNotCostTheOthers() {
		String usage = "{\"output_tokens\":393,\"input_tokens\":\"many\",\"output_tokens_details\":{}}";
		assertThat(TokenUsages.of(anthropicStream(21, 393, usage, 900L, null)))
			.isEqualTo(ExpectedUsages.exclusive(21, 393, 414, 900L, null));
		assertThat(TokenUsages.of(anthropicStream(21, 393, usage, null, null)))
			.isEqualTo(LlmTokenUsage.of(21L, 393L, 414L));
	}

	private static Usage anthropicStream(int input, int output, String json, @Nullable Long read,
			@Nullable Long write) {
		MessageDeltaUsage usage = ExpectedUsages.fromJson(com.anthropic.core.ObjectMappers.jsonMapper(), json,
				MessageDeltaUsage.class);
		return new DefaultUsage(input, output, input + output, usage, read, write);
	}

	@Test
	void anthropicWithoutCacheHasNoDetails() {
		MessageDeltaUsage usage = ExpectedUsages.fromJson(com.anthropic.core.ObjectMappers.jsonMapper(),
				"{\"output_tokens\":393}", MessageDeltaUsage.class);
		assertThat(TokenUsages.of(new DefaultUsage(21, 393, 414, usage, 0L, 0L)))
			.isEqualTo(LlmTokenUsage.of(21L, 393L, 414L));
	}

	@Test
	void bedrockCountsCachedTokensExclusively() {
		assertThat(TokenUsages.of(bedrock(21, 393, 1414, 900, 100)))
			.isEqualTo(ExpectedUsages.exclusive(21, 393, 1414, 900L, 100L));
		assertThat(TokenUsages.of(bedrock(21, 393, 414, null, 100)))
			.isEqualTo(ExpectedUsages.exclusive(21, 393, 414, null, 100L));
		assertThat(TokenUsages.of(bedrock(21, 393, 414, null, null))).isEqualTo(LlmTokenUsage.of(21L, 393L, 414L));
	}

	@Test
	void bedrocksCachedTokensMayBeMissingInSpringAisUsage() {
		Object usage = bedrock(21, 393, 1414, 900, 100).getNativeUsage();
		assertThat(TokenUsages.of(new DefaultUsage(21, 393, 1414, usage)))
			.isEqualTo(ExpectedUsages.exclusive(21, 393, 1414, 900L, 100L));
	}

	@Test
	void bedrockStreamReportsInItsLastChunk() {
		assertThat(ExpectedUsages.stream(new DefaultUsage(0, 0, 0, null, null, null), bedrock(21, 393, 1414, 900, 100)))
			.isEqualTo(ExpectedUsages.exclusive(21, 393, 1414, 900L, 100L));
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

}
