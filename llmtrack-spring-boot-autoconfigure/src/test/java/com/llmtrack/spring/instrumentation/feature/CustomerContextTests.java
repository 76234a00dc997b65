// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the customer travels wherever the feature does, as both are entries of one
 * {@link LlmContext}.
 */
class CustomerContextTests extends AbstractFeatureTests {

	@Autowired
	private AnnotatedCustomers customers;

	@Autowired
	private AnnotatedBeans.Methods methods;

	@Autowired
	private AnnotatedClients.Asking asking;

	@Test
	void contextInCodeHasACustomer() {
		LlmContext.customer("4711").run(() -> this.questions.ask());
		LlmContext.feature("import").andCustomer("4712", "Acme").run(() -> this.questions.ask());
		assertCustomers("4711", "4712");
		assertFeatures(NONE, "import");
	}

	@Test
	void featureAndCustomerAreOpenedOneWithinTheOther() {
		LlmContext.customer("4711").run(() -> this.methods.annotated());
		LlmContext.feature("caller").run(() -> this.customers.text("4712"));
		assertCustomers("4711", "4712");
		assertFeatures("method", "caller");
	}

	@Test
	void nobodyHidesTheOuterCustomer() {
		LlmContext.customer("4711").run(() -> LlmContext.customer(null).run(() -> this.questions.ask()));
		assertCustomers(NONE);
	}

	@Test
	void streamKeepsTheCustomerOnOtherThreads() {
		this.customers.stream("4711").blockLast();
		this.customers.mono("4712").block();
		LlmContext.customer("4713").run(() -> this.questions.streamWithMemory().blockLast());
		this.questions.streamWithMemory().contextWrite(LlmContext.customer("4714")::writeTo).blockLast();
		LlmContext.customer("4715").wrap(this.questions.streamWithMemory()).blockLast();
		assertCustomers("4711", "4712", "4713", "4714", "4715");
	}

	@Test
	void streamTakesEachEntryFromTheNearestThatHasIt() {
		LlmContext.customer("thread").andFeature("thread").run(() -> {
			this.questions.streamWithMemory().contextWrite(LlmContext.feature("reactor")::writeTo).blockLast();
			this.questions.streamWithMemory().contextWrite(LlmContext.customer("reactor")::writeTo).blockLast();
		});
		assertCustomers("thread", "reactor");
		assertFeatures("reactor", "thread");
	}

	@Test
	void tasksKeepTheCustomer() throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Runnable task = LlmContext.customer("4711")
				.call(() -> LlmContext.current().wrap((Runnable) this.questions::ask));
			thread.submit(task).get();
			LlmContext.customer("4712").call(() -> LlmContext.propagating(thread).submit(this.questions::ask).get());
			LlmContext.customer("4713").call(() -> this.customers.async().get());
			assertThat(thread.submit(LlmContext::current).get().isEmpty()).isTrue();
		}
		finally {
			thread.shutdown();
		}
		assertCustomers("4711", "4712", "4713");
	}

	@Test
	void oneRequestOfAChatClientHasACustomer() {
		request("4711").call().content();
		request(4712).stream().content().blockLast();
		request(new LlmCustomer("4713", "Acme")).call().content();
		request(" ").call().content();
		assertCustomers("4711", "4712", "4713", NONE);
	}

	private ChatClient.ChatClientRequestSpec request(Object customer) {
		return this.questions.rememberingClient.prompt("Hi")
			.advisors((advisors) -> advisors.param(LlmContext.CUSTOMER_PARAM, customer));
	}

	@Test
	void toolsWorkForTheCustomer() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall("look", "{}", 1, 1), OpenAiAnswers.text("Inner", 1, 1),
					OpenAiAnswers.text("Outer", 1, 1), OpenAiAnswers.toolCallStream("look", "{}", 1, 1),
					OpenAiAnswers.text("Inner", 1, 1), OpenAiAnswers.textStream("Outer", 1, 1));
		LlmContext.customer("4711").run(() -> {
			this.asking.call(this.customers);
			this.asking.stream(this.customers).blockLast();
		});
		assertCustomers("4711", "4711", "4711", "4711", "4711", "4711");
	}

}
