// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.document.Document;
import org.springframework.ai.rag.advisor.RetrievalAugmentationAdvisor;
import org.springframework.ai.rag.preretrieval.query.transformation.RewriteQueryTransformer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the feature of requests that Spring AI's retrieval advisor makes itself: in
 * streams on another thread, which blocks, so that they do not see the Reactor context.
 */
class FeatureRetrievalTests extends AbstractApplicationTests {

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = start(Beans.NONE);
	}

	@AfterAll
	static void close() {
		context.close();
	}

	@BeforeEach
	void answer() {
		servers.openAi().answersAndStreams(OpenAiAnswers.text("Hello", 3, 2), OpenAiAnswers.textStream("Hello", 3, 2));
	}

	@AfterEach
	void nothingIsPropagated() {
		Hooks.disableAutomaticContextPropagation();
	}

	@Test
	void callsAreMadeOnTheSameThread() {
		ChatClient client = client(Schedulers.boundedElastic());
		LlmContext.feature("call").run(() -> client.prompt("Hi").call().content());
		assertFeatures("call", "call");
	}

	@Test
	void streamsNeedAutomaticPropagationAsTheLogSays(CapturedOutput output) {
		LlmContext.feature("stream").run(() -> stream(Schedulers.boundedElastic()));
		assertFeatures("stream", AbstractFeatureTests.NONE);
		assertThat(output.getOut().lines().filter((line) -> line.contains("Model requests without a feature")))
			.singleElement()
			.asString()
			.contains("no application code on the stack. Annotate the method that returns the Mono or Flux with "
					+ "@LlmFeature(\"…\") and set spring.reactor.context-propagation=auto;");
	}

	@Test
	void automaticPropagationCarriesTheFeature() {
		Hooks.enableAutomaticContextPropagation();
		LlmContext.feature("propagated").run(() -> stream(Schedulers.boundedElastic()));
		assertFeatures("propagated", "propagated");
	}

	@Test
	void wrappedExecutorOfTheAdvisorCarriesTheFeature() {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Scheduler scheduler = Schedulers.fromExecutor(LlmContext.propagating(executor));
			LlmContext.feature("wrapped").run(() -> stream(scheduler));
			assertFeatures("wrapped", "wrapped");
		}
		finally {
			executor.shutdown();
		}
	}

	private void stream(Scheduler scheduler) {
		client(scheduler).prompt("Hi").stream().content().blockLast();
	}

	private static void assertFeatures(String... expected) {
		assertThat(servers.awaitEvents(expected.length))
			.extracting((event) -> event.at("/metadata/feature").asString(AbstractFeatureTests.NONE))
			.containsExactlyInAnyOrder(expected);
	}

	private ChatClient client(Scheduler scheduler) {
		ChatClient.Builder builder = context.getBean(ChatClient.Builder.class);
		return builder.clone()
			.defaultAdvisors(RetrievalAugmentationAdvisor.builder()
				.queryTransformers(RewriteQueryTransformer.builder().chatClientBuilder(builder.clone()).build())
				.documentRetriever((query) -> List.of(new Document("Hello")))
				.scheduler(scheduler)
				.build())
			.build();
	}

}
