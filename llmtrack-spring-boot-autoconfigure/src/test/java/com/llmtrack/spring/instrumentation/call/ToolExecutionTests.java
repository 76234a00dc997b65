// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.instrumentation.usage.SpringAiApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;
import reactor.util.context.Context;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolExecution}, {@link ToolRounds} and the requests within a
 * {@link ModelCall}, with models that run tools themselves.
 */
class ToolExecutionTests {

	private static final Object SPRING_AIS = OllamaChatModel.builder().ollamaApi(OllamaApi.builder().build()).build();

	private static final Message TOOL_MESSAGE = ToolResponseMessage.builder().responses(List.of()).build();

	private final List<LlmUsageEvent> events = new ArrayList<>();

	private final ModelCalls calls = new ModelCalls(TestBeans.of(this.events::add), modelsThatRunTools());

	private final ChatOptions options = ChatOptions.builder().build();

	private static SpringAiApi modelsThatRunTools() {
		SpringAiApi springAi = Mockito.mock();
		BDDMockito.given(springAi.modelsRunTools()).willReturn(true);
		BDDMockito.given(springAi.addsUpUsage(Mockito.any())).willReturn(true);
		return springAi;
	}

	@BeforeEach
	void open() {
		this.calls.open();
	}

	private ModelCall begin() {
		return begin(SPRING_AIS);
	}

	private ModelCall begin(Object model) {
		return this.calls.begin(CalledModel.proxied("model", model), new Prompt("Hi"));
	}

	private ModelCall beginObserved(Prompt prompt) {
		return this.calls.observed().begin(CalledModel.observed("model", "ollama"), prompt);
	}

	private static ChatResponse answer(int prompt, int completion) {
		return new ChatResponse(List.of(),
				ChatResponseMetadata.builder().usage(new DefaultUsage(prompt, completion)).build());
	}

	private static ToolExecutionResult result(Message message) {
		return ToolExecutionResult.builder().conversationHistory(List.of(new UserMessage("Hi"), message)).build();
	}

	private ToolExecution runTools(ModelCall call, int prompt, int completion) {
		return Objects.requireNonNull(this.calls.runTools(call, answer(prompt, completion)));
	}

	private void assertTokens(@Nullable LlmTokenUsage... expected) {
		assertThat(this.events).extracting(LlmUsageEvent::tokens).containsExactly(expected);
	}

	private static LlmTokenUsage tokens(long prompt, long completion) {
		return LlmTokenUsage.of(prompt, completion, prompt + completion);
	}

	@Test
	void eachRequestGivesAnEvent() {
		ModelCall call = begin();
		try (ToolExecution tools = runTools(call, 100, 10)) {
			assertTokens(tokens(100, 10));
			tools.end(result(TOOL_MESSAGE));
		}
		call.observe(answer(300, 30));
		call.succeed();
		assertTokens(tokens(100, 10), tokens(200, 20));
	}

	@Test
	void callThatEndsWithToolsAddsNoEvent() {
		ModelCall call = begin();
		try (ToolExecution tools = runTools(call, 100, 10)) {
			tools.end(ToolExecutionResult.builder().conversationHistory(List.of()).returnDirect(true).build());
		}
		call.observe(answer(100, 10));
		call.succeed();
		ModelCall failing = begin();
		try (ToolExecution tools = runTools(failing, 100, 10)) {
			failing.fail(new IllegalStateException());
		}
		assertThat(this.events).extracting(LlmUsageEvent::status)
			.containsExactly(LlmRequestStatus.SUCCESS, LlmRequestStatus.SUCCESS);
	}

	@Test
	void callThatIsCancelledBeforeItsToolsRunHasEnded() {
		ModelCall call = begin();
		call.cancel();
		assertThat(this.calls.runTools(call, answer(100, 10))).isNull();
		assertThat(this.events).extracting(LlmUsageEvent::status).containsExactly(LlmRequestStatus.CANCELLED);
	}

	@Test
	void callThatIsCancelledWhileItsToolsRunMakesNoOtherRequest() {
		ModelCall call = begin();
		try (ToolExecution tools = runTools(call, 100, 10)) {
			call.cancel();
			tools.end(result(TOOL_MESSAGE));
		}
		assertThat(this.events).extracting(LlmUsageEvent::status).containsExactly(LlmRequestStatus.SUCCESS);
	}

	@Test
	void toolsAreOutsideOfTheCallButInItsContext() {
		ModelCall call = LlmContext.feature("rain").call(() -> begin());
		try (CallScope scope = call.enter()) {
			try (ToolExecution tools = runTools(call, 100, 10)) {
				assertThat(ModelCall.current()).isNull();
				ModelCall inner = begin();
				assertThat(inner.context().feature()).isEqualTo("rain");
				inner.observe(answer(300, 30));
				inner.succeed();
				tools.end(result(TOOL_MESSAGE));
			}
			assertThat(ModelCall.current()).isSameAs(call);
		}
		call.observe(answer(300, 30));
		call.succeed();
		assertTokens(tokens(100, 10), tokens(300, 30), tokens(200, 20));
		assertThat(this.events).extracting(LlmUsageEvent::feature).containsOnly("rain");
	}

	@Test
	void toolsDoNotSeeTheCallInTheirReactorContext() {
		ModelCall call = begin();
		Context context = Context.of(ModelCall.class, call, "other", "entry");
		ToolCallReactiveContextHolder.setContext(context);
		try {
			try (ToolExecution tools = runTools(call, 100, 10)) {
				assertThat(ToolCallReactiveContextHolder.getContext().hasKey(ModelCall.class)).isFalse();
				assertThat(ToolCallReactiveContextHolder.getContext().<String>get("other")).isEqualTo("entry");
			}
			assertThat(ToolCallReactiveContextHolder.getContext()).isSameAs(context);
		}
		finally {
			ToolCallReactiveContextHolder.clearContext();
		}
	}

	@Test
	void nextRequestHasAnObservationOfItsOwn() {
		ModelCall call = begin();
		Object first = new Object();
		Object second = new Object();
		try (CallScope scope = call.enter()) {
			assertThat(this.calls.observed().claim(first, new Prompt("Hi", this.options))).isSameAs(call);
			try (ToolExecution tools = runTools(call, 100, 10)) {
				tools.end(result(TOOL_MESSAGE));
			}
			assertThat(this.calls.observed().claim(second, toolPrompt())).isSameAs(call);
			assertThat(this.calls.observed().claim(second, toolPrompt())).isSameAs(call);
			assertThat(this.calls.observed().claim(new Object(), new Prompt("Other"))).isNull();
		}
	}

	private Prompt toolPrompt() {
		return new Prompt(List.of(new UserMessage("Hi"), TOOL_MESSAGE), this.options);
	}

	@Test
	void observationOfNextRequestIsFoundOnAnyThread() {
		ModelCall call = begin();
		try (CallScope scope = call.enter()) {
			this.calls.observed().claim(new Object(), new Prompt("Hi", this.options));
		}
		Message results = ToolResponseMessage.builder().responses(List.of()).build();
		try (ToolExecution tools = runTools(call, 100, 10)) {
			tools.end(result(results));
		}
		assertThat(this.calls.observed().claim(new Object(), toolPrompt())).isSameAs(call);
		assertThat(this.calls.observed().claim(new Object(), new Prompt(List.of(results)))).isSameAs(call);
		assertThat(this.calls.observed().claim(new Object(), new Prompt("Hi", this.options))).isNull();
		assertThat(this.calls.observed().claim(new Object(), new Prompt(List.of(TOOL_MESSAGE)))).isNull();
	}

	@Test
	void observationTellsWhenToolsRunThatWereNotSeen() {
		ModelCall call = begin();
		Object first = new Object();
		try (CallScope scope = call.enter()) {
			this.calls.observed().claim(first, new Prompt("Hi", this.options));
			this.calls.observed().stopped(call, first, answer(100, 10));
			assertThat(this.events).isEmpty();
			assertThat(this.calls.observed().claim(new Object(), toolPrompt())).isSameAs(call);
		}
		call.observe(answer(300, 30));
		call.succeed();
		assertTokens(tokens(100, 10), tokens(200, 20));
	}

	@Test
	void requestsThatWereNotToldApartGiveOneEvent() {
		ModelCall call = begin();
		Object first = new Object();
		try (CallScope scope = call.enter()) {
			this.calls.observed().claim(first, new Prompt("Hi", this.options));
		}
		assertThat(this.calls.observed().claim(new Object(), toolPrompt())).isSameAs(call);
		this.calls.observed().stopped(call, first, answer(100, 10));
		call.observe(answer(300, 30));
		call.succeed();
		assertTokens(tokens(300, 30));
	}

	@Test
	void observedRequestsFollowEachOther() {
		ModelCall first = beginObserved(new Prompt("Hi", this.options));
		first.observe(answer(100, 10));
		first.succeed();
		assertThat(this.calls.observed().claim(new Object(), toolPrompt())).isNull();
		ModelCall second = beginObserved(toolPrompt());
		second.observe(answer(300, 30));
		second.succeed();
		ModelCall third = beginObserved(toolPrompt());
		third.observe(answer(600, 60));
		third.succeed();
		assertTokens(tokens(100, 10), tokens(200, 20), tokens(300, 30));
	}

	@Test
	void observedRequestThatHasNotEndedTakesTheNextOneWithIt() {
		ModelCall call = beginObserved(new Prompt("Hi", this.options));
		call.observeLater(() -> answer(100, 10));
		assertThat(this.calls.observed().claim(new Object(), toolPrompt())).isSameAs(call);
		this.calls.observed().join(call, () -> answer(300, 30));
		call.observePending();
		call.succeed();
		assertTokens(tokens(300, 30));
	}

	@Test
	void observedRequestEndsWhenItsToolsRun() {
		ModelCall call = beginObserved(new Prompt("Hi", this.options));
		try (ToolExecution tools = runTools(call, 100, 10)) {
			assertTokens(tokens(100, 10));
			tools.end(result(TOOL_MESSAGE));
		}
		call.succeed();
		ModelCall next = beginObserved(toolPrompt());
		next.observe(answer(300, 30));
		next.succeed();
		assertTokens(tokens(100, 10), tokens(200, 20));
	}

	@Test
	void modelOfTheApplicationRunsNoToolsItself() {
		assertThat(this.calls.runTools(begin(new Object()), answer(100, 10))).isNull();
	}

	@Test
	void noModelOfTheCurrentLineRunsToolsItself() {
		ModelCalls current = new ModelCalls(TestBeans.of(this.events::add));
		ModelCall call = current.begin(CalledModel.proxied("model", SPRING_AIS), new Prompt("Hi"));
		assertThat(current.runTools(call, answer(100, 10))).isNull();
		assertThat(call.requests().rounds()).isNull();
	}

	@Test
	void proxyAroundProxyOfTheSameModelMakesNoRequest() {
		ModelCall outer = begin();
		try (CallScope scope = outer.enter()) {
			ModelCall inner = begin();
			inner.observe(answer(100, 10));
			inner.succeed();
		}
		outer.observe(answer(100, 10));
		outer.succeed();
		assertTokens(tokens(100, 10));
	}

}
