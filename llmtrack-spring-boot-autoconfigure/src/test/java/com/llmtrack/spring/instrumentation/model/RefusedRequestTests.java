// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests budgets that refuse requests in an application without observations. Each test
 * has a customer, who may make one request.
 */
@TestPropertySource(properties = { "llmtrack.budgets.all.per=customer", "llmtrack.budgets.all.requests=1",
		"llmtrack.budgets.all.then=refuse" })
class RefusedRequestTests extends AbstractChatClientTests {

	@Autowired
	OpenAiChatModel rawModel;

	private static void assertRefused(String customer, Runnable request) {
		assertThatExceptionOfType(LlmBudgetExceededException.class)
			.isThrownBy(() -> LlmContext.customer(customer).run(request))
			.satisfies((ex) -> assertThat(ex.getAccount().owner()).isEqualTo(customer));
	}

	@Test
	void secondCallIsRefused() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		LlmContext.customer("call").run(() -> this.chatClient.prompt("Hi").call().content());
		assertRefused("call", () -> this.chatClient.prompt("Hi").call().content());
		assertRefused("call", () -> this.chatModel.call("Hi"));
		assertRefused("call", () -> this.rawModel.call("Hi"));
		assertEvents("success 3/2/5");
	}

	@Test
	void secondSubscriptionIsRefused() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		Flux<String> stream = this.chatClient.prompt("Hi").stream().content();
		LlmContext.customer("stream").run(() -> assertThat(stream.collectList().block()).contains("Hello"));
		assertRefused("stream", stream::blockLast);
		assertRefused("stream", () -> this.rawModel.stream("Hi").blockLast());
		assertEvents("success 3/2/5");
	}

	@Test
	void secondRequestOfAModelWithoutProxyIsRefused() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		LlmContext.customer("raw").run(() -> this.rawModel.call("Hi"));
		assertRefused("raw", () -> this.rawModel.call("Hi"));
		assertRefused("raw", () -> this.chatModel.call("Hi"));
		assertEvents("success 3/2/5");
	}

}
