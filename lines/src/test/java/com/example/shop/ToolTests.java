// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

	@Test
	void customerOfEachRound() {
		ask("explainInvoice", false);
		assertThat(assertEvents("support-chat " + Providers.FIRST_ROUND, "explain-invoice " + Providers.WITHIN_THE_TOOL,
				"support-chat " + Providers.LAST_ROUND))
			.extracting((event) -> event.get("customer_id"))
			.isEqualTo(List.of("4711", "4711", "4711"));
	}

}
