// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;

import com.llmtrack.spring.testsupport.AnthropicAnswers;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.model.ChatModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the tokens in the events of calls and streams, with what providers report beside
 * the usual counts or do not report at all.
 */
class TokenCoverageTests extends AbstractProviderTests {

	private static final String OPENAI_CACHE = """
			{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
			"prompt_tokens_details":{"cached_tokens":1024,"cache_write_tokens":900},
			"completion_tokens_details":{"reasoning_tokens":120}}""".replace("\n", "");

	private static final String OPENAI_REASONING = """
			{"prompt_tokens":33,"completion_tokens":7,"total_tokens":40,
			"completion_tokens_details":{"reasoning_tokens":95}}""".replace("\n", "");

	private static final String ANTHROPIC_CACHE = """
			"cache_read_input_tokens":1024,"cache_creation_input_tokens":900""";

	@Test
	void openAiReportsTokensWrittenToItsCache() {
		servers.openAi()
			.answers(OpenAiAnswers.text("Hello", OPENAI_CACHE), OpenAiAnswers.stream(OpenAiAnswers.chunk("Hello"),
					OpenAiAnswers.finishChunk("stop"), OpenAiAnswers.usageChunk(OPENAI_CACHE), OpenAiAnswers.DONE));
		callAndStream(this.openAi);
		assertThat(assertEvents("success 2006/300/2306", "success 2006/300/2306"))
			.extracting(TokenCoverageTests::details)
			.containsOnly("read 1024 written 900 reasoning 120 inclusive");
	}

	@Test
	void reasoningThatAServiceCountsBesideTheCompletionIsAddedToIt() {
		servers.openAi()
			.answers(OpenAiAnswers.text("Hello", OPENAI_REASONING), OpenAiAnswers.stream(OpenAiAnswers.chunk("Hello"),
					OpenAiAnswers.finishChunk("stop"), OpenAiAnswers.usageChunk(OPENAI_REASONING), OpenAiAnswers.DONE));
		callAndStream(this.openAi);
		assertThat(assertEvents("success 33/102/135", "success 33/102/135")).extracting(TokenCoverageTests::details)
			.containsOnly("read - written - reasoning 95 inclusive");
	}

	@Test
	void totalBelowItsPartsIsNotSent() {
		servers.openAi()
			.answers(OpenAiAnswers.text("Hello", "{\"prompt_tokens\":33,\"completion_tokens\":7,\"total_tokens\":33}"));
		this.openAi.call("Hi");
		assertEvents("success 33/7/?");
	}

	@Test
	void promptThatOllamaHadCachedIsUnknown() {
		servers.ollama()
			.answers(OllamaAnswers.textForCachedPrompt("Hello", 14),
					OllamaAnswers.textStreamForCachedPrompt("Hello", 14));
		callAndStream(this.ollama);
		assertEvents("success ?/14/?", "success ?/14/?");
	}

	@Test
	void promptThatAnthropicHadCachedIsZero() {
		String input = "\"input_tokens\":0," + ANTHROPIC_CACHE;
		servers.anthropic()
			.answers(AnthropicAnswers.text("Hello", input + ",\"output_tokens\":12"), AnthropicAnswers
				.textStream("Hello", input + ",\"output_tokens\":1", ANTHROPIC_CACHE + ",\"output_tokens\":12"));
		callAndStream(this.anthropic);
		assertThat(assertEvents("success 0/12/12", "success 0/12/12")).extracting(TokenCoverageTests::details)
			.containsOnly("read 1024 written 900 reasoning - exclusive");
	}

	/**
	 * Spring AI passes on neither the event with which a stream of Anthropic starts nor
	 * its usage, except for the input tokens.
	 */
	@Test
	void cacheAtTheStartOfAStreamOfAnthropicIsUnknown() {
		servers.anthropic()
			.answers(AnthropicAnswers.textStream("Hello", "\"input_tokens\":21,\"output_tokens\":1," + ANTHROPIC_CACHE,
					"\"output_tokens\":12"));
		this.anthropic.stream("Hi").blockLast();
		assertThat(assertEvents("success 21/12/33")).extracting(TokenCoverageTests::details)
			.containsOnly("read - written - reasoning - -");
	}

	@Test
	void inputThatAnthropicsToolsAddToAStreamCounts() {
		servers.anthropic()
			.answers(AnthropicAnswers.textStream("Hello", "\"input_tokens\":2679,\"output_tokens\":3",
					"\"input_tokens\":10682,\"output_tokens\":510"));
		this.anthropic.stream("Hi").blockLast();
		assertEvents("success 10682/510/11192");
	}

	private static void callAndStream(ChatModel model) {
		model.call("Hi");
		model.stream("Hi").blockLast();
	}

	private static String details(JsonNode event) {
		return "read %s written %s reasoning %s %s"
			.formatted(List.of("cached_input_tokens", "cache_write_tokens", "reasoning_tokens", "cache_accounting")
				.stream()
				.map((field) -> event.has(field) ? event.get(field).asString() : "-")
				.toArray());
	}

}
