// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import com.llmtrack.spring.instrumentation.model.TestGate.Question;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests refused requests of models that ask others.
 */
class NestedRequestGateTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private final TestGate gate = new TestGate();

	private final RecordingSink sink = new RecordingSink();

	private final DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(
			TestBeans.of(this.sink, () -> this.gate, new EventSettings()));

	private final ChatModel first = this.instrumentation.instrument(new OwnModel("first", 1));

	private final ChatModel second = this.instrumentation.instrument(new OtherModel("second", 2));

	NestedRequestGateTests() {
		this.instrumentation.afterSingletonsInstantiated();
		// Only from then on it is known that they make requests
		this.gate.refuse((question) -> false);
		this.first.call(PROMPT);
		this.second.call(PROMPT);
		this.gate.questions.clear();
		this.gate.refuse((question) -> "first".equals(question.model()));
	}

	private ChatModel outer(Function<Prompt, ChatResponse> call) {
		return this.instrumentation.instrument(new Decorator(call, Flux::error));
	}

	private ChatModel outerStream(Function<Throwable, Flux<ChatResponse>> fallback) {
		return this.instrumentation.instrument(new Decorator(this.first::call, fallback));
	}

	private List<String> models() {
		return this.sink.events().stream().skip(2).map((event) -> String.valueOf(event.model())).toList();
	}

	@Test
	void modelThatMakesRequestsIsKnownByItsFirstAnswer() {
		this.gate.refuse((question) -> "new".equals(question.model()));
		ChatModel model = this.instrumentation.instrument(new OwnModel("new", 1) {
		});
		model.call(PROMPT);
		assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> model.call(PROMPT));
		assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> model.stream(PROMPT).blockLast());
		assertThat(this.gate.questions).extracting(Question::model).containsExactly(null, "new", "new");
		assertThat(models()).containsExactly("new");
	}

	@Test
	void modelOfTheApplicationIsRefusedWithoutItsNames() {
		this.gate.refuse((question) -> true);
		ChatModel model = this.instrumentation.instrument(new OwnModel("new", 1) {
		});
		assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(() -> model.call(PROMPT));
		assertThat(models()).isEmpty();
	}

	@Test
	void modelThatFailsBecauseAnotherWasRefusedGivesNoEvent() {
		assertThatExceptionOfType(LlmBudgetExceededException.class)
			.isThrownBy(() -> outer(this.first::call).call(PROMPT))
			.isSameAs(this.gate.refusal);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> outer((prompt) -> {
			try {
				return this.first.call(prompt);
			}
			catch (RuntimeException ex) {
				throw new IllegalStateException(ex);
			}
		}).call(PROMPT)).withCause(this.gate.refusal);
		assertThat(models()).isEmpty();
	}

	@Test
	void modelThatFailsBecauseAnotherWasRefusedOnAnotherThreadGivesNoEvent() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> outer(
				(prompt) -> CompletableFuture.supplyAsync(() -> this.first.call(new Prompt("Other"))).join())
			.call(PROMPT));
		assertThat(models()).isEmpty();
	}

	@Test
	void streamThatFailsBecauseAnotherWasRefusedGivesNoEvent() {
		assertThatExceptionOfType(LlmBudgetExceededException.class)
			.isThrownBy(() -> outerStream(Flux::error).stream(PROMPT).blockLast())
			.isSameAs(this.gate.refusal);
		assertThat(models()).isEmpty();
	}

	@Test
	void modelThatAsksAnotherInsteadGivesTheEventOfThat() {
		ChatModel outer = outer((prompt) -> {
			try {
				return this.first.call(prompt);
			}
			catch (LlmBudgetExceededException ex) {
				return this.second.call(prompt);
			}
		});
		assertThat(outer.call(PROMPT)).isNotNull();
		assertThat(outer.call(PROMPT)).isNotNull();
		assertThat(models()).containsExactly("second", "second");
	}

	@Test
	void streamThatAsksAnotherInsteadGivesTheEventOfThat() {
		ChatModel outer = outerStream((refusal) -> this.second.stream(PROMPT));
		assertThat(outer.stream(PROMPT).collectList().block()).isNotEmpty();
		assertThat(outer.stream(PROMPT).collectList().block()).isNotEmpty();
		assertThat(models()).containsExactly("second", "second");
	}

	@Test
	void modelThatAnswersItselfInsteadGivesNoEvent() {
		ChatModel outer = outer((prompt) -> {
			try {
				return this.first.call(prompt);
			}
			catch (LlmBudgetExceededException ex) {
				return sorry();
			}
		});
		assertThat(outer.call("Hi")).isEqualTo("Sorry");
		assertThat(outer.call("Hi")).isEqualTo("Sorry");
		assertThat(outerStream((refusal) -> Flux.just(sorry())).stream("Hi").blockLast()).isEqualTo("Sorry");
		assertThat(models()).isEmpty();
	}

	private static ChatResponse sorry() {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("Sorry"))));
	}

	@Test
	void modelThatFailsByItselfStillGivesAnEvent() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> outer((prompt) -> {
			throw new IllegalStateException("own failure");
		}).call(PROMPT));
		assertThat(models()).hasSize(1);
	}

	private static class OwnModel implements ChatModel {

		private final String name;

		private final int tokens;

		OwnModel(String name, int tokens) {
			this.name = name;
			this.tokens = tokens;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return TestModels.response(this.name, this.tokens, this.tokens);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> Flux.just(TestModels.response(this.name, this.tokens, this.tokens)));
		}

		@Override
		public ChatOptions getOptions() {
			return ChatOptions.builder().model(this.name).build();
		}

	}

	private static final class OtherModel extends OwnModel {

		OtherModel(String name, int tokens) {
			super(name, tokens);
		}

	}

	/**
	 * Has the options of the model that it asks first, as decorators do.
	 */
	private final class Decorator extends OwnModel {

		private final Function<Prompt, ChatResponse> call;

		private final Function<Throwable, Flux<ChatResponse>> fallback;

		Decorator(Function<Prompt, ChatResponse> call, Function<Throwable, Flux<ChatResponse>> fallback) {
			super("first", 0);
			this.call = call;
			this.fallback = fallback;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.call.apply(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return NestedRequestGateTests.this.first.stream(prompt).onErrorResume(this.fallback);
		}

	}

}
