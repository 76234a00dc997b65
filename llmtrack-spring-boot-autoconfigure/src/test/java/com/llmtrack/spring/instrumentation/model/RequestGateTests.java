// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextAdvisor;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.ModelNameSource;
import com.llmtrack.spring.instrumentation.call.RequestGate;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import com.llmtrack.spring.instrumentation.model.TestGate.Question;
import com.llmtrack.spring.testsupport.AnthropicAnswers;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a refused request of an instrumented model is not sent and gives no event,
 * and that what refuses it is asked by the names that events have.
 */
class RequestGateTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	@RegisterExtension
	static final StubServers servers = new StubServers();

	private final TestGate gate = new TestGate();

	private final RecordingSink sink = new RecordingSink();

	private DefaultModelInstrumentation instrumentation = instrumentation(this.gate, new EventSettings());

	private DefaultModelInstrumentation instrumentation(RequestGate gate, EventSettings settings) {
		DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(
				TestBeans.of(this.sink, () -> gate, settings));
		instrumentation.afterSingletonsInstantiated();
		return instrumentation;
	}

	private ChatModel model(Kind kind) {
		return this.instrumentation.instrument(kind.model());
	}

	private void assertRefused(Runnable request) {
		assertThatExceptionOfType(LlmBudgetExceededException.class).isThrownBy(request::run)
			.isSameAs(this.gate.refusal);
	}

	private void assertNothingSent() {
		assertThat(servers.requests() + servers.embeddingRequests()).isZero();
		assertThat(this.sink.events()).isEmpty();
	}

	private List<String> statuses() {
		return this.sink.events().stream().map((event) -> event.status().name()).toList();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void refusedCallIsNotSent(Kind kind) {
		assertRefused(() -> model(kind).call(PROMPT));
		assertRefused(() -> model(kind).call("Hi"));
		assertNothingSent();
		assertThat(this.gate.questions).hasSize(2).containsOnly(new Question(kind.provider, kind.model, null, null));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void eachSubscriptionToAStreamIsRefusedByItself(Kind kind) {
		kind.streams();
		Flux<ChatResponse> stream = model(kind).stream(PROMPT);
		assertThat(this.gate.questions).isEmpty();
		StepVerifier.create(stream).expectErrorSatisfies(this::isRefusal).verify();
		StepVerifier.create(stream, 0).expectErrorSatisfies(this::isRefusal).verify();
		assertNothingSent();
		this.gate.refuse((question) -> false);
		assertThat(stream.collectList().block()).isNotEmpty();
		assertThat(servers.requests()).isOne();
		assertThat(statuses()).containsExactly("SUCCESS");
	}

	private void isRefusal(Throwable failure) {
		assertThat(failure).isSameAs(this.gate.refusal);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void requestThatIsNotRefusedIsSent(Kind kind) {
		this.gate.refuse((question) -> false);
		model(kind).call(PROMPT);
		assertThat(servers.requests()).isOne();
		LlmUsageEvent event = this.sink.event();
		assertThat(this.gate.questions)
			.containsExactly(new Question(event.provider(), kind.model, event.feature(), null));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void chatClientThrowsTheRefusal(Kind kind) {
		ChatClient client = ChatClient.create(model(kind));
		assertRefused(() -> client.prompt("Hi").call().content());
		assertRefused(() -> client.prompt("Hi").call().entity(Kind.class));
		assertRefused(() -> client.prompt("Hi").stream().content().blockLast());
		assertNothingSent();
	}

	@Test
	void toolLoopEndsBeforeTheNextRequest() {
		this.gate.refuseAfter(1);
		servers.openAi().answers(OpenAiAnswers.toolCall("weather", "{}", 100, 10), OpenAiAnswers.text("Rain", 3, 2));
		Tools tools = new Tools();
		assertRefused(() -> ChatClient.create(model(Kind.OPENAI)).prompt("Hi").tools(tools).call().content());
		assertEndedAfterOneRound(tools);
	}

	@Test
	void toolLoopOfAStreamEndsBeforeTheNextRequest() {
		this.gate.refuseAfter(1);
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("weather", "{}", 100, 10), OpenAiAnswers.textStream("Rain", 3, 2));
		Tools tools = new Tools();
		assertRefused(
				() -> ChatClient.create(model(Kind.OPENAI)).prompt("Hi").tools(tools).stream().content().blockLast());
		assertEndedAfterOneRound(tools);
	}

	private void assertEndedAfterOneRound(Tools tools) {
		assertThat(tools.calls).hasValue(1);
		assertThat(servers.requests()).isOne();
		assertThat(this.sink.event().tokens().total()).isEqualTo(110);
	}

	@Test
	void refusedEmbeddingIsNotSent() {
		EmbeddingModel model = this.instrumentation.instrument(OllamaEmbeddingModel.builder()
			.ollamaApi(OllamaApi.builder().baseUrl(servers.providersUrl()).build())
			.options(OllamaEmbeddingOptions.builder().model("nomic-embed-text").build())
			.build());
		assertRefused(() -> model.embed("Hi"));
		assertRefused(() -> model.embed(new Document("Hi")));
		assertRefused(() -> model.embedForResponse(List.of("Hi")));
		assertRefused(() -> model
			.call(new EmbeddingRequest(List.of("Hi"), OllamaEmbeddingOptions.builder().model("all-minilm").build())));
		assertNothingSent();
		assertThat(this.gate.questions).hasSize(4)
			.allSatisfy((question) -> assertThat(question.provider()).isEqualTo("ollama"))
			.last()
			.extracting(Question::model)
			.isEqualTo("all-minilm");
	}

	@Test
	void questionHasTheContextOfTheCaller() {
		LlmContext.feature("support").andCustomer("acme").run(() -> assertRefused(() -> model(Kind.OLLAMA).call("Hi")));
		assertThat(this.gate.questions).containsExactly(new Question("ollama", "llama3.2", "support", "acme"));
	}

	@Test
	void questionHasTheContextOfTheSubscriber() {
		Flux<ChatResponse> stream = LlmContext.feature("assembly").call(() -> model(Kind.OLLAMA).stream(PROMPT));
		assertRefused(() -> stream.blockLast());
		assertRefused(
				() -> stream.contextWrite(LlmContext.feature("support").andCustomer("acme")::writeTo).blockLast());
		assertThat(this.gate.questions).containsExactly(new Question("ollama", "llama3.2", "assembly", null),
				new Question("ollama", "llama3.2", "support", "acme"));
	}

	@Test
	void questionHasTheContextOfTheAdvisor() {
		ChatClient client = ChatClient.builder(model(Kind.OLLAMA)).defaultAdvisors(new LlmContextAdvisor()).build();
		assertRefused(() -> client.prompt("Hi")
			.advisors((advisors) -> advisors.param(LlmContext.FEATURE_PARAM, "support"))
			.call()
			.content());
		assertThat(this.gate.questions).extracting(Question::feature).containsExactly("support");
	}

	@Test
	void questionHasTheNamesOfEvents() {
		this.instrumentation = instrumentation(this.gate,
				new EventSettings("fallback", null, ModelNameSource.RESPONSE, Map.of("ours", "groq"),
						Map.of("groq", "groq-cloud"), Map.of("llama3.2", "llama"), Map.of(), Set.of(), null, null));
		assertRefused(() -> this.instrumentation.instrument(Kind.OLLAMA.model(), "ours").call("Hi"));
		assertThat(this.gate.questions).containsExactly(new Question("groq-cloud", "llama", "fallback", null));
	}

	@Test
	void questionHasTheModelThatAnsweredBefore() {
		this.gate.refuse((question) -> false);
		ChatModel model = model(Kind.OPENAI);
		model.call("Hi");
		model.call("Hi");
		assertThat(this.gate.questions).extracting(Question::model)
			.containsExactly("gpt-4o-mini", "gpt-4o-mini-2024-07-18");
		assertThat(this.sink.events()).extracting(LlmUsageEvent::model).containsOnly("gpt-4o-mini-2024-07-18");
	}

	@Test
	void timeOfTheQuestionIsNotTimeOfTheRequest() {
		Duration time = Duration.ofMillis(300);
		this.gate.refuse((question) -> {
			for (long begun = System.nanoTime(); System.nanoTime() - begun < time.toNanos();) {
				Thread.onSpinWait();
			}
			return false;
		});
		long begun = System.nanoTime();
		model(Kind.OLLAMA).call("Hi");
		Duration took = Duration.ofNanos(System.nanoTime() - begun);
		assertThat(this.sink.event().latency()).isLessThan(took.minus(time));
	}

	@Test
	void gateThatFailsRefusesNothing() {
		this.gate.refuse((question) -> {
			throw new IllegalStateException("gate");
		});
		assertThat(model(Kind.OLLAMA).call("Hi")).isEqualTo("Hello");
		assertThat(model(Kind.OLLAMA).stream("Hi").blockLast()).isNotNull();
		assertThat(statuses()).containsExactly("SUCCESS", "SUCCESS");
	}

	@Test
	void gateThatCanNotBeFoundRefusesNothing() {
		DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(TestBeans.of(this.sink, () -> {
			throw new IllegalStateException("bean");
		}, new EventSettings()));
		instrumentation.afterSingletonsInstantiated();
		assertThat(instrumentation.instrument(Kind.OLLAMA.model()).call("Hi")).isEqualTo("Hello");
		assertThat(statuses()).containsExactly("SUCCESS");
	}

	@Test
	void nothingIsAskedBeforeTheApplicationIsReadyOrAfterItsEnd() {
		AtomicInteger lookUps = new AtomicInteger();
		DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(TestBeans.of(this.sink, () -> {
			lookUps.incrementAndGet();
			return this.gate;
		}, new EventSettings()));
		ChatModel model = instrumentation.instrument(Kind.OLLAMA.model());
		model.call("Hi");
		assertThat(lookUps).hasValue(0);
		instrumentation.afterSingletonsInstantiated();
		assertRefused(() -> model.call("Hi"));
		assertRefused(() -> model.call("Hi"));
		assertThat(lookUps).hasValue(1);
		instrumentation.destroy();
		model.call("Hi");
		model.stream("Hi").blockLast();
		assertThat(this.gate.questions).hasSize(2);
		assertThat(servers.requests()).isEqualTo(3);
	}

	@Test
	void requestThatIsRecordedByHandIsNeverRefused() {
		LlmUsageRecorder recorder = this.instrumentation.usageRecorder();
		recorder.begin("acme", "model").tokens(3, 2).record();
		recorder.ended("acme", "model").tokens(3, 2).record();
		assertThat(this.gate.questions).isEmpty();
		assertThat(statuses()).containsExactly("SUCCESS", "SUCCESS");
	}

	@Test
	void toolsOfAClientGetTheRefusalOfTheirOwnRequests() {
		ChatModel inner = model(Kind.OLLAMA);
		this.gate.refuse((question) -> question.provider().equals("ollama"));
		servers.openAi().answers(OpenAiAnswers.toolCall("ask", "{}", 100, 10), OpenAiAnswers.text("Sorry", 3, 2));
		assertThat(ChatClient.create(model(Kind.OPENAI)).prompt("Hi").tools(new Object() {

			@Tool
			String ask() {
				return inner.call("Why?");
			}

		}).call().content()).isEqualTo("Sorry");
		assertThat(statuses()).containsExactly("SUCCESS", "SUCCESS");
		assertThat(servers.ollama().requests()).isZero();
	}

	static class Tools {

		final AtomicInteger calls = new AtomicInteger();

		@Tool
		String weather() {
			this.calls.incrementAndGet();
			return "Rain";
		}

	}

	enum Kind {

		OPENAI("openai", "gpt-4o-mini") {

			@Override
			ChatModel model() {
				return OpenAiChatModel.builder()
					.options(OpenAiChatOptions.builder()
						.baseUrl(servers.openAiUrl())
						.apiKey("openai-key")
						.model("gpt-4o-mini")
						.build())
					.build();
			}

			@Override
			void streams() {
				servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
			}

		},

		ANTHROPIC("anthropic", "claude-haiku-4-5") {

			@Override
			ChatModel model() {
				return AnthropicChatModel.builder()
					.options(AnthropicChatOptions.builder()
						.baseUrl(servers.providersUrl())
						.apiKey("anthropic-key")
						.model("claude-haiku-4-5")
						.build())
					.build();
			}

			@Override
			void streams() {
				servers.anthropic().answers(AnthropicAnswers.textStream("Hello", 3, 2));
			}

		},

		OLLAMA("ollama", "llama3.2") {

			@Override
			ChatModel model() {
				return OllamaChatModel.builder()
					.ollamaApi(OllamaApi.builder().baseUrl(servers.providersUrl()).build())
					.options(OllamaChatOptions.builder().model("llama3.2").build())
					.build();
			}

			@Override
			void streams() {
				servers.ollama().answers(OllamaAnswers.textStream("Hello", 3, 2));
			}

		};

		private final String provider;

		private final String model;

		Kind(String provider, String model) {
			this.provider = provider;
			this.model = model;
		}

		abstract ChatModel model();

		abstract void streams();

	}

}
