// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.Arrays;
import java.util.List;

import com.llmtrack.spring.LlmContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One event for each round of a question with tools, with the tokens of that round.
 */
class ToolTests extends AbstractShopTests {

	@Autowired
	private SupportChat supportChat;

	private String ask(String tool, boolean stream) {
		return stream ? String.join("", this.supportChat.stream("4711", "Use " + tool).collectList().block())
				: this.supportChat.answer("4711", "Use " + tool);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eachRound(boolean stream) {
		assertThat(ask("status", stream)).isEqualTo("Done");
		assertEvents("support-chat " + Providers.FIRST_ROUND, "support-chat " + Providers.LAST_ROUND);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void toolThatAsksAModel(boolean stream) {
		assertThat(ask("explainInvoice", stream)).isEqualTo("Done");
		assertEvents("support-chat " + Providers.FIRST_ROUND, "explain-invoice " + Providers.WITHIN_THE_TOOL,
				"support-chat " + Providers.LAST_ROUND);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void toolThatAnswersDirectly(boolean stream) {
		assertThat(ask("terms", stream)).contains("Free delivery");
		assertEvents("support-chat " + Providers.FIRST_ROUND);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void toolThatFails(boolean stream) {
		assertThat(ask("cancel", stream)).isEqualTo("Done");
		assertEvents("support-chat " + Providers.FIRST_ROUND, "support-chat " + Providers.LAST_ROUND);
	}

	/**
	 * Models of Spring AI 1.1 call the tool and ask again, those of 2.0 leave that to a
	 * chat client.
	 */
	@Test
	void modelThatIsGivenTheTools(@Autowired ChatModel chatModel, @Autowired Orders orders) {
		Prompt prompt = new Prompt("Use status",
				OpenAiChatOptions.builder().model("gpt-4o-mini").toolCallbacks(ToolCallbacks.from(orders)).build());
		LlmContext.feature("model").run(() -> chatModel.call(prompt));
		String[] rounds = { "model " + Providers.FIRST_ROUND, "model " + Providers.LAST_ROUND };
		assertThat(providers.requests()).isBetween(1, 2);
		assertEvents(Arrays.copyOf(rounds, providers.requests()));
	}

	@Test
	void customerOfEachRound() {
		ask("explainInvoice", false);
		assertThat(assertEvents("support-chat " + Providers.FIRST_ROUND, "explain-invoice " + Providers.WITHIN_THE_TOOL,
				"support-chat " + Providers.LAST_ROUND))
			.extracting((event) -> event.get("customer_id"))
			.isEqualTo(List.of("4711", "4711", "4711"));
	}

}
