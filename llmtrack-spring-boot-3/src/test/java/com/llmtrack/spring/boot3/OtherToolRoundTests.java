// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.boot3.Provider.Answer;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.DefaultToolExecutionEligibilityPredicate;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.RetryUtils;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.zhipuai.ZhiPuAiChatModel;
import org.springframework.ai.zhipuai.ZhiPuAiChatOptions;
import org.springframework.ai.zhipuai.api.ZhiPuAiApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of models that make requests in other ways: by calling themselves, as subclasses,
 * behind decorators, or with tools that the application runs.
 */
@Import(OtherToolRoundTests.Models.class)
class OtherToolRoundTests extends AbstractToolRoundTests {

	@Autowired
	ToolCallingManager manager;

	@Autowired
	ObservationRegistry registry;

	@Autowired
	ModelInstrumentation instrumentation;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void modelThatCallsItselfReportsUsageOfEachRequest(boolean observed) {
		answerAsZhiPu(Answer.tools(100, 10, "weather"), Answer.text("Rain", 50, 5));
		ChatModel model = zhiPu(observed);
		(observed ? model : this.instrumentation.instrument(model)).call(prompt());
		this.events.assertEvents("success 100/10/110", "success 50/5/55");
		assertThat(this.events.events()).extracting(LlmUsageEvent::provider).containsOnly("zhipuai");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void streamOfModelThatCallsItself(boolean observed) {
		answerAsZhiPu(Answer.tools(100, 10, "weather").stream(), Answer.text("Rain", 50, 5).stream());
		ChatModel model = zhiPu(true);
		(observed ? model : this.instrumentation.instrument(model)).stream(prompt()).blockLast();
		// Its streams tell no usage
		this.events.assertEvents("success ?", "success ?");
	}

	private ChatModel zhiPu(boolean observed) {
		return new ZhiPuAiChatModel(ZhiPuAiApi.builder().baseUrl(server.baseUrl()).apiKey("k").build(),
				ZhiPuAiChatOptions.builder().model("glm-4").build(), this.manager, RetryUtils.SHORT_RETRY_TEMPLATE,
				observed ? this.registry : ObservationRegistry.NOOP, new DefaultToolExecutionEligibilityPredicate());
	}

	private void answerAsZhiPu(Answer... answers) {
		Provider.OPENAI.answersAt(server, "/v4/chat/completions", answers);
	}

	@Test
	void rememberedDetailsBelongToTheFirstRequest() {
		String first = "{\"prompt_tokens\":100,\"completion_tokens\":10,\"total_tokens\":110,"
				+ "\"prompt_tokens_details\":{\"cached_tokens\":64},\"completion_tokens_details\":{\"reasoning_tokens\":5}}";
		String path = "/v1/chat/completions";
		server.stubFor(WireMock.post(path)
			.inScenario("details")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("next")
			.willReturn(WireMock.okJson(Provider.OPENAI.answer(Provider.OPENAI.toolCalls("weather"), true, first))));
		server.stubFor(WireMock.post(path)
			.inScenario("details")
			.whenScenarioStateIs("next")
			.willReturn(WireMock
				.okJson(Provider.OPENAI.answer(Provider.OPENAI.text("Rain"), false, Provider.OPENAI.usage(200, 20)))));
		model(Provider.OPENAI).call(prompt());
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
		LlmUsageEvent one = this.events.events().get(0);
		LlmUsageEvent other = this.events.events().get(1);
		assertThat(one.tokens().cachedInput()).isEqualTo(64);
		assertThat(one.tokens().reasoning()).isEqualTo(5);
		assertThat(other.tokens().cachedInput()).isNull();
		assertThat(other.tokens().reasoning()).isNull();
		assertThat(one.model()).isEqualTo(other.model()).isEqualTo("gpt-4o-mini");
	}

	@Test
	void streamThatTellsNoUsage() {
		Provider.OPENAI.answers(server, Answer.tools(0, 0, "weather").stream(), Answer.text("Rain", 0, 0).stream());
		stream(Provider.OPENAI);
		this.events.assertEvents("success ?", "success ?");
	}

	@Test
	void toolsThatTheApplicationRuns() {
		runToolsOf(model(Provider.OPENAI));
	}

	@Test
	void toolsThatTheApplicationRunsForObservedModel() {
		runToolsOf(openAi(ToolCallingManager.builder().build()));
	}

	private void runToolsOf(ChatModel model) {
		Provider.OPENAI.answers(server, Answer.tools(100, 10, "weather"), Answer.text("Rain", 200, 20));
		ToolCallingChatOptions options = ToolCallingChatOptions.builder()
			.toolCallbacks(ToolCallbacks.from(this.tools))
			.internalToolExecutionEnabled(false)
			.build();
		Prompt prompt = new Prompt("Hi", options);
		ToolExecutionResult result = this.manager.executeToolCalls(prompt, model.call(prompt));
		model.call(new Prompt(result.conversationHistory(), options));
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void subclassOfTheApplication(boolean streamed) {
		Provider.OPENAI.answers(server, answer(Answer.tools(100, 10, "weather"), streamed),
				answer(Answer.text("Rain", 200, 20), streamed));
		ask(this.models.get("subclass"), streamed);
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void decoratorOnAnotherThread(boolean streamed) {
		Provider.OPENAI.answers(server, answer(Answer.tools(100, 10, "weather"), streamed),
				answer(Answer.text("Rain", 200, 20), streamed));
		AsynchronousModel.target = model(Provider.OPENAI);
		ask(this.models.get("asynchronous"), streamed);
		this.events.assertEvents("success 100/10/110", "success 200/20/220");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void concurrentCallsOfOneModelAreNotMixed(boolean streamed) {
		for (int i = 0; i < 8; i++) {
			String question = "question " + i;
			int tokens = 1000 * (i + 1);
			Provider.OPENAI.answersTo(server, question, answer(Answer.tools(tokens, 10, "weather"), streamed),
					answer(Answer.text("Rain", tokens + 1, 20), streamed));
		}
		ChatModel model = model(Provider.OPENAI);
		ToolCallingChatOptions options = ToolCallingChatOptions.builder()
			.toolCallbacks(ToolCallbacks.from(this.tools))
			.build();
		CompletableFuture<?>[] calls = new CompletableFuture<?>[8];
		for (int i = 0; i < calls.length; i++) {
			Prompt prompt = new Prompt("question " + i, options);
			calls[i] = CompletableFuture.runAsync(() -> {
				if (streamed) {
					model.stream(prompt).blockLast();
				}
				else {
					model.call(prompt);
				}
			}, (task) -> new Thread(task).start());
		}
		CompletableFuture.allOf(calls).join();
		assertThat(this.events.events()).extracting((event) -> event.tokens().prompt())
			.containsExactlyInAnyOrder(1000L, 1001L, 2000L, 2001L, 3000L, 3001L, 4000L, 4001L, 5000L, 5001L, 6000L,
					6001L, 7000L, 7001L, 8000L, 8001L);
	}

	private static Answer answer(Answer answer, boolean streamed) {
		return streamed ? answer.stream() : answer;
	}

	private void ask(ChatModel model, boolean streamed) {
		if (streamed) {
			model.stream(prompt()).blockLast();
		}
		else {
			model.call(prompt());
		}
	}

	private OpenAiChatModel openAi(ToolCallingManager manager) {
		return OpenAiChatModel.builder()
			.openAiApi(OpenAiApi.builder().baseUrl(server.baseUrl()).apiKey("k").build())
			.defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").build())
			.toolCallingManager(manager)
			.observationRegistry(this.registry)
			.build();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Models {

		@Bean
		ChatModel subclass(ToolCallingManager manager, ObservationRegistry registry) {
			return new SubclassedModel(manager, registry);
		}

		@Bean
		AsynchronousModel asynchronous() {
			return new AsynchronousModel();
		}

	}

	static class SubclassedModel extends OpenAiChatModel {

		SubclassedModel(ToolCallingManager manager, ObservationRegistry registry) {
			super(OpenAiApi.builder().baseUrl(server.baseUrl()).apiKey("k").build(),
					OpenAiChatOptions.builder().model("gpt-4o-mini").streamUsage(true).build(), manager,
					RetryUtils.SHORT_RETRY_TEMPLATE, registry);
		}

	}

	static class AsynchronousModel implements ChatModel {

		static ChatModel target;

		@Override
		public ChatResponse call(Prompt prompt) {
			return CompletableFuture.supplyAsync(() -> target.call(prompt)).join();
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> target.stream(prompt)).subscribeOn(Schedulers.boundedElastic());
		}

	}

}
