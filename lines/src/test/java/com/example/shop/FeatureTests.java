// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Features and customers, of the application and in code.
 */
class FeatureTests extends AbstractShopTests {

	@Autowired
	private ChatModel chatModel;

	@Autowired
	private ChatClient.Builder chatClient;

	@Test
	void answerHasFeatureAndCustomer() {
		assertThat(get("/answer?customer=4711&question=Hi")).isEqualTo("Hello");
		assertCustomers("4711", "support-chat " + Providers.CALL);
	}

	@Test
	void streamHasFeatureAndCustomer() {
		assertThat(get("/stream?customer=4712&question=Hi")).contains("Hello");
		assertCustomers("4712", "support-chat " + Providers.STREAM);
	}

	@Test
	void monoHasFeatureAndCustomer() {
		assertThat(get("/mail?customer=4713&question=Hi")).isEqualTo("Hello");
		assertCustomers("4713", "support-mail " + Providers.CALL);
	}

	@Test
	void innerFeatureWinsAndTheOuterOneIsBackThen() {
		assertThat(get("/publication?text=Hi")).isEqualTo("Hello: Hello");
		assertCustomers(null, "title " + Providers.CALL, "translation " + Providers.CALL);
	}

	@Test
	void featureOfTheMethodWinsOverTheOneOfItsClass() {
		get("/proof?text=Hi");
		assertEvents("proofreading " + Providers.CALL);
	}

	@Test
	void modelThatIsBuiltByHandHasTheFeature() {
		get("/summary?text=Hi");
		assertThat(assertEvents("summary " + Providers.CALL)).allSatisfy((event) -> {
			assertThat(event.get("provider")).isEqualTo("ollama");
			assertThat(event.get("model")).isEqualTo("llama3.2");
		});
	}

	@Test
	void embeddingHasTheFeature() {
		get("/vector?text=Hi");
		assertThat(assertEvents("search success 5/null")).allSatisfy((event) -> {
			assertThat(event.get("provider")).isEqualTo("openai");
			assertThat(event.get("model")).isEqualTo("text-embedding-3-small");
			assertThat(event.get("environment")).isEqualTo("staging");
		});
	}

	@Test
	void contextInCode() {
		try (LlmContextScope scope = LlmContext.feature("block").andCustomer("4714").open()) {
			this.chatModel.call("Hi");
		}
		assertCustomers("4714", "block " + Providers.CALL);
	}

	@Test
	void contextOfAStream() {
		this.chatClient.build()
			.prompt("Hi")
			.stream()
			.content()
			.contextWrite(LlmContext.feature("written").andCustomer("4715")::writeTo)
			.blockLast();
		assertCustomers("4715", "written " + Providers.STREAM);
	}

	@Test
	void contextOnOtherThreads() {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		LlmContext.feature("thread").andCustomer("4716").run(() -> {
			CompletableFuture.supplyAsync(LlmContext.current().wrapSupplier(() -> this.chatModel.call("Hi")), executor)
				.join();
			CompletableFuture.supplyAsync(() -> this.chatModel.call("Hi"), LlmContext.propagating(executor)).join();
		});
		executor.shutdown();
		assertCustomers("4716", "thread " + Providers.CALL, "thread " + Providers.CALL);
	}

	@Test
	void parametersOfAChatClient() {
		this.chatClient.build()
			.prompt("Hi")
			.advisors((advisors) -> advisors.param(LlmContext.FEATURE_PARAM, "parameter")
				.param(LlmContext.CUSTOMER_PARAM, "4717"))
			.call()
			.content();
		assertCustomers("4717", "parameter " + Providers.CALL);
	}

	@Test
	void noFeatureAndNoCustomer() {
		this.chatModel.call("Hi");
		assertCustomers(null, "null " + Providers.CALL);
	}

	private static void assertCustomers(String customer, String... events) {
		assertThat(assertEvents(events))
			.allSatisfy((event) -> assertThat(event.get("customer_id")).isEqualTo(customer));
	}

}
