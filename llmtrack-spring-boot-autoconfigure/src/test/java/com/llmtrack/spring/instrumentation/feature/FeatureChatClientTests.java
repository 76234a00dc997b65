// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextAdvisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.AdvisorSpec;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the feature of requests by a {@link ChatClient} or a {@link ChatModel}.
 */
class FeatureChatClientTests extends AbstractFeatureTests {

	@Autowired
	private AnnotatedClients.Asking asking;

	private static Consumer<AdvisorSpec> feature(Object name) {
		return (advisors) -> advisors.param(LlmContext.FEATURE_PARAM, name);
	}

	@Test
	void advisorParameterNamesTheFeatureOfOneRequest() {
		this.questions.client.prompt("Hi").advisors(feature("call")).call().content();
		this.questions.client.prompt("Hi").advisors(feature(" stream ")).stream().content().blockLast();
		this.questions.rememberingClient.prompt("Hi").advisors(feature("memory")).stream().content().blockLast();
		this.questions.advisedClient.prompt("Hi").advisors(feature("advisor")).stream().content().blockLast();
		this.questions.ask();
		assertFeatures("call", "stream", "memory", "advisor", NONE);
	}

	@Test
	void advisorParameterMayBeADefault() {
		ChatClient client = this.questions.client.mutate().defaultAdvisors(feature("default")).build();
		client.prompt("Hi").call().content();
		client.prompt("Hi").stream().content().blockLast();
		client.prompt("Hi").advisors(feature("request")).call().content();
		assertFeatures("default", "default", "request");
	}

	@Test
	void advisorParameterWinsOverAnyOtherFeature() {
		this.asking.overridden();
		this.asking.overriddenStream().blockLast();
		this.questions.rememberingClient.prompt("Hi")
			.advisors(feature("parameter"))
			.stream()
			.content()
			.contextWrite(LlmContext.feature("context")::writeTo)
			.blockLast();
		assertFeatures("parameter", "parameter", "parameter");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  " })
	void advisorParameterWithoutNameIsIgnored(String name) {
		LlmContext.feature("thread").run(() -> {
			this.questions.client.prompt("Hi").advisors(feature(name)).call().content();
			this.questions.client.prompt("Hi").advisors(feature(name)).stream().content().blockLast();
			this.questions.client.prompt("Hi").advisors(feature(42)).call().content();
		});
		assertFeatures("thread", "thread", "thread");
	}

	@Test
	void featureIsGoneAfterARequestThatNamedIt() {
		LlmContext.feature("thread").run(() -> {
			this.questions.client.prompt("Hi").advisors(feature("call")).call().content();
			assertThat(LlmContext.current().feature()).isEqualTo("thread");
			this.questions.client.prompt("Hi")
				.advisors(feature("stream"))
				.stream()
				.content()
				.doOnNext((item) -> assertThat(LlmContext.current().feature()).isNotEqualTo("stream"))
				.blockLast();
			assertThat(LlmContext.current().feature()).isEqualTo("thread");
		});
		assertFeatures("call", "stream");
	}

	@Test
	void streamThatIsSubscribedToWithinTheMethodBelongsToIt() throws Exception {
		for (Flux<String> stream : List.of(this.questions.stream(), this.questions.streamWithMemory(),
				this.questions.streamWithAdvisor())) {
			CountDownLatch done = new CountDownLatch(1);
			this.asking.subscribe(stream.doFinally((signal) -> done.countDown()));
			assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		}
		assertFeatures("subscribing", "subscribing", "subscribing");
	}

	@Test
	void clientBuiltByHandWithTheAdvisorCarriesTheFeature() {
		ChatClient client = byHand(this.questions.model, new LlmContextAdvisor());
		client.prompt("Hi").advisors(feature("call")).call().content();
		client.prompt("Hi").advisors(feature("stream")).stream().content().blockLast();
		LlmContext.feature("thread").run(() -> client.prompt("Hi").stream().content().blockLast());
		assertFeatures("call", "stream", "thread");
	}

	@Test
	void clientBuiltByHandWithoutTheAdvisorLosesTheFeatureBehindAnotherThread() {
		ChatClient client = byHand(this.questions.model);
		LlmContext.feature("thread").run(() -> client.prompt("Hi").call().content());
		LlmContext.feature("thread").run(() -> client.prompt("Hi").stream().content().blockLast());
		client.prompt("Hi").stream().content().contextWrite(LlmContext.feature("context")::writeTo).blockLast();
		assertFeatures("thread", NONE, "context");
	}

	@Test
	void modelThatIsOnlyObservedBelongsToTheMethodThatAsksIt() {
		this.asking.askRawModel();
		this.asking.streamFromRawModel().blockLast();
		this.asking.askRawClient();
		assertFeatures("raw", "raw-stream", "raw-client");
	}

	@Test
	void streamOfAModelThatIsOnlyObservedLosesTheFeatureBehindAnotherThread() {
		ChatClient client = byHand(this.questions.rawModel, new LlmContextAdvisor());
		LlmContext.feature("thread").run(() -> client.prompt("Hi").stream().content().blockLast());
		assertFeatures(NONE);
	}

	@Test
	void whatAnAdvisorAsksBelongsToTheFeatureUnlessAStreamChangedTheThread() {
		ChatClient client = this.questions.client.mutate().defaultAdvisors(new Rewriting(this.questions)).build();
		LlmContext.feature("thread").run(() -> client.prompt("Hi").call().content());
		assertFeatures("thread", "thread");
		reset();
		LlmContext.feature("thread").run(() -> client.prompt("Hi").stream().content().blockLast());
		assertFeatures("thread", NONE);
	}

	private static ChatClient byHand(ChatModel model, LlmContextAdvisor... advisors) {
		return ChatClient.builder(model)
			.defaultAdvisors(advisors)
			.defaultAdvisors(new FeatureQuestions.Retrieval())
			.build();
	}

	/**
	 * As the query transformers of retrieval do, asks before the request is sent.
	 */
	private static final class Rewriting implements BaseAdvisor {

		private final FeatureQuestions questions;

		Rewriting(FeatureQuestions questions) {
			this.questions = questions;
		}

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			this.questions.ask();
			return request;
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
