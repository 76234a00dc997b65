// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmContextScope;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.instrumentation.call.EventSettings;
import com.llmtrack.spring.instrumentation.call.InstrumentationSettings;
import com.llmtrack.spring.instrumentation.call.ModelCall;
import com.llmtrack.spring.instrumentation.call.ModelCalls;
import com.llmtrack.spring.instrumentation.call.TestBeans;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ModelInterceptor}, {@link InstrumentedFlux} and {@link ModelCall}: the
 * events of calls, and that calls are never affected.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelInterceptorTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	private final RecordingSink sink = new RecordingSink();

	private ChatModel instrumented(ChatModel model) {
		return instrumented(model, () -> this.sink);
	}

	private ChatModel instrumented(ChatModel model, Supplier<LlmUsageEventSink> sink) {
		DefaultModelInstrumentation instrumentation = new DefaultModelInstrumentation(TestBeans
			.supplying(() -> Stream.of(sink.get()), EventSettings::new, InstrumentationSettings::new, List.of()));
		instrumentation.afterSingletonsInstantiated();
		return instrumentation.instrument(model);
	}

	private ChatModel streaming(Flux<ChatResponse> stream) {
		return instrumented(new TestModels.OpenModel() {

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				return stream;
			}

		});
	}

	@Test
	void usageOfAStreamIsTheLargestOfItsChunks() {
		streaming(Flux.just(TestModels.response("model", 10, 0), TestModels.response("", 10, 7),
				TestModels.response("", 0, 0), TestModels.response("", 10, 3)))
			.stream(PROMPT)
			.blockLast();
		assertThat(this.sink.event()).satisfies((event) -> {
			assertThat(event.model()).isEqualTo("model");
			assertThat(event.tokens().prompt()).isEqualTo(10);
			assertThat(event.tokens().completion()).isEqualTo(7);
			assertThat(event.tokens().total()).isEqualTo(17);
			assertThat(event.feature()).isNull();
			assertThat(event.environment()).isNull();
		});
	}

	@Test
	void usageThatAFailedStreamDeliveredIsKept() {
		RuntimeException failure = new IllegalStateException("secret");
		StepVerifier
			.create(streaming(Flux.just(TestModels.response("model", 10, 1)).concatWith(Flux.error(failure)))
				.stream(PROMPT))
			.expectNextCount(1)
			.verifyErrorMatches((error) -> error == failure);
		assertThat(this.sink.event().status()).isEqualTo(LlmRequestStatus.ERROR);
		assertThat(this.sink.event().tokens().total()).isEqualTo(11);
	}

	@Test
	void eventIsThereBeforeTheSubscriberLearnsOfTheEnd() {
		streaming(Flux.empty()).stream(PROMPT)
			.doOnComplete(() -> assertThat(this.sink.events()).hasSize(1))
			.blockLast();
	}

	@Test
	void cancellationAfterTheEndIsNoSecondEnd() {
		TestPublisher<ChatResponse> source = TestPublisher
			.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		StepVerifier.create(streaming(source.flux()).stream(PROMPT), 1)
			.then(() -> source.next(TestModels.response("model", 1, 1)))
			.expectNextCount(1)
			.then(source::complete)
			.thenCancel()
			.verify();
		assertThat(this.sink.event().status()).isEqualTo(LlmRequestStatus.SUCCESS);
	}

	@Test
	void cancellationReachesTheSource() {
		Sinks.Many<ChatResponse> source = Sinks.many().unicast().onBackpressureBuffer();
		streaming(source.asFlux()).stream(PROMPT).subscribe().dispose();
		assertThat(source.currentSubscriberCount()).isZero();
		assertThat(this.sink.event().status()).isEqualTo(LlmRequestStatus.CANCELLED);
	}

	@Test
	void demandIsThatOfTheSubscriber() {
		TestPublisher<ChatResponse> source = TestPublisher.create();
		StepVerifier.create(streaming(source.flux()).stream(PROMPT), 0)
			.thenRequest(3)
			.then(() -> source.assertMinRequested(3).assertMaxRequested(3))
			.thenCancel()
			.verify();
	}

	@Test
	void streamThatIsNeverSubscribedToIsNoRequest() {
		streaming(Flux.just(TestModels.response("model", 1, 1))).stream(PROMPT);
		assertThat(this.sink.events()).isEmpty();
	}

	@Test
	void featureInTheReactorContextWinsOverTheThreads() {
		Flux<ChatResponse> stream = streaming(Flux.just(TestModels.response("model", 1, 1))).stream(PROMPT);
		try (LlmContextScope scope = LlmContext.feature("thread").open()) {
			stream.contextWrite(LlmContext.feature("reactor")::writeTo).blockLast();
			stream.contextWrite((context) -> context.put(LlmContext.REACTOR_KEY, 42)).blockLast();
		}
		assertThat(this.sink.events()).extracting(LlmUsageEvent::feature).containsExactly("reactor", "thread");
	}

	@Test
	void featureOfTheMethodThatAskedForAStreamIsTheLastResort() {
		Flux<ChatResponse> stream;
		try (LlmContextScope scope = LlmContext.feature("assembly").open()) {
			stream = streaming(Flux.just(TestModels.response("model", 1, 1))).stream(PROMPT);
		}
		stream.blockLast();
		assertThat(this.sink.event().feature()).isEqualTo("assembly");
	}

	@Test
	void requestedModelIsReportedIfTheAnswerNamesNone() {
		ChatModel model = instrumented(new TestModels.OpenModel(""));
		model.call(PROMPT);
		model.call(new Prompt("Hi", ChatOptions.builder().model("requested-model").build()));
		assertThat(this.sink.events()).extracting(LlmUsageEvent::model)
			.containsExactly("configured-model", "requested-model");
	}

	@Test
	void callThatReturnsNothingIsReportedAsUnknown() {
		assertThat(instrumented((prompt) -> null).call(PROMPT)).isNull();
		assertThat(this.sink.event().tokens().total()).isNull();
		assertThat(this.sink.event().model()).isEqualTo(LlmUsageEvent.UNKNOWN);
	}

	@Test
	void streamThatIsNotSupportedIsNoRequest() {
		ChatModel model = instrumented((prompt) -> TestModels.response("model", 1, 1));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> model.stream(PROMPT));
		assertThat(this.sink.events()).isEmpty();
	}

	@Test
	void overloadThatTheModelImplementsItselfIsCountedOnce() {
		ChatModel model = instrumented(new TestModels.OpenModel() {

			@Override
			public String call(String message) {
				return "my own";
			}

			@Override
			public Flux<String> stream(String message) {
				return Flux.just("my", "own");
			}

		});
		assertThat(model.call("Hi")).isEqualTo("my own");
		assertThat(model.stream("Hi").collectList().block()).containsExactly("my", "own");
		assertThat(this.sink.events()).hasSize(2).allSatisfy((event) -> assertThat(event.tokens().total()).isNull());
	}

	@Test
	void failureToRecordLeavesTheCallUnharmedAndIsLoggedOnceWithoutItsMessage(CapturedOutput output) {
		ChatModel model = instrumented(new TestModels.OpenModel(), () -> {
			throw new IllegalStateException("secret");
		});
		assertThat(model.call("Hi")).isEqualTo("Hello");
		assertThat(model.call(PROMPT)).isNotNull();
		assertThat(model.stream(PROMPT).collectList().block()).hasSize(2);
		assertThat(output).containsOnlyOnce("could not be recorded").doesNotContain("secret");
	}

	@Test
	void failingCallKeepsItsExceptionIfTrackingFailsAsWell() {
		RuntimeException failure = new IllegalStateException("failed");
		ChatModel model = instrumented((prompt) -> {
			throw failure;
		}, () -> {
			throw new AssertionError();
		});
		assertThatIllegalStateException().isThrownBy(() -> model.call(PROMPT)).isSameAs(failure);
	}

	@Test
	void optionsThatThrowLeaveTheEventTrue() {
		instrumented(new TestModels.OpenModel("") {

			@Override
			public ChatOptions getOptions() {
				throw new IllegalStateException();
			}

		}).call(PROMPT);
		assertThat(this.sink.event().model()).isEqualTo(LlmUsageEvent.UNKNOWN);
		assertThat(this.sink.event().tokens().total()).isEqualTo(7);
	}

	@Test
	void latencyIsTheTimeBetweenRequestAndEnd() {
		long start = System.nanoTime();
		instrumented(new TestModels.OpenModel()).call(PROMPT);
		Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
		assertThat(this.sink.event().latency()).isBetween(Duration.ZERO, elapsed);
	}

	@Test
	void nothingStaysOnTheThread() {
		instrumented(new TestModels.OpenModel()).call(PROMPT);
		assertThat(ModelCall.current()).isNull();
	}

	@Test
	void usageThatThrowsLeavesTheCallUnharmed(CapturedOutput output) {
		Usage hostile = new Usage() {

			@Override
			public Integer getPromptTokens() {
				throw new IllegalStateException("secret");
			}

			@Override
			public Integer getCompletionTokens() {
				return null;
			}

			@Override
			public Object getNativeUsage() {
				return null;
			}

		};
		ChatResponse response = response(hostile);
		assertThat(instrumented((prompt) -> response).call(PROMPT)).isSameAs(response);
		assertThat(this.sink.event().tokens().total()).isNull();
		assertThat(output).containsOnlyOnce("could not be recorded").doesNotContain("secret");
	}

	@Test
	void targetSourceThatDoesNotSayWhatIsBehindItHarmsNoCall() {
		ChatModel inner = instrumented(new TestModels.OpenModel("inner"));
		ChatModel model = instrumented(behind(new HostileTargetSource((prompt) -> inner.call(prompt))));
		assertThat(model.call(PROMPT).getMetadata().getModel()).isEqualTo("inner");
		assertThat(this.sink.event().model()).isEqualTo("inner");
	}

	@Test
	void targetSourceThatThrowsIsAFailureOfTheCall() {
		ChatModel model = instrumented(behind(new HostileTargetSource(null)));
		assertThatIllegalStateException().isThrownBy(() -> model.call(PROMPT)).withMessage("no target");
		assertThat(this.sink.event().status()).isEqualTo(LlmRequestStatus.ERROR);
	}

	private static ChatModel behind(TargetSource targetSource) {
		return ProxyFactory.getProxy(ChatModel.class, targetSource);
	}

	@Test
	void invocationThatDoesNotSayItsTargetGoesOn() throws Throwable {
		ChatResponse response = TestModels.response("model", 3, 4);
		MethodInvocation invocation = mock();
		given(invocation.getMethod()).willReturn(ChatModel.class.getMethod("call", Prompt.class));
		given(invocation.getArguments()).willReturn(new Object[] { PROMPT });
		given(invocation.getThis()).willThrow(new IllegalStateException("no target"));
		given(invocation.proceed()).willReturn(response);
		ModelCalls calls = new ModelCalls(TestBeans.of(this.sink));
		calls.open();
		assertThat(new ModelInterceptor(calls, new ConvenienceMethods(), "model", false).invoke(invocation))
			.isSameAs(response);
		assertThat(this.sink.event().tokens().total()).isEqualTo(7);
	}

	@Test
	void missingUsageIsUnknown() {
		ChatResponse response = response(null);
		instrumented((prompt) -> response).call(PROMPT);
		assertThat(this.sink.event().tokens().total()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 0, , , ", ", , , , , ", "3, 4, 7, 3, 4, 7", "3, 4, , 3, 4, 7", "3, 0, 3, 3, 0, 3",
			"3, 4, 12, 3, 4, 12", "3, 4, 5, 3, 4, ", "5, , , 5, , ", "5, , 5, 5, , 5", "0, 4, 4, , 4, ",
			"-1, -1, -1, , , " })
	void tokensAreAsReportedOrUnknown(Integer prompt, Integer completion, Integer total, Long expectedPrompt,
			Long expectedCompletion, Long expectedTotal) {
		ChatResponse response = response(new Usage() {

			@Override
			public Integer getPromptTokens() {
				return prompt;
			}

			@Override
			public Integer getCompletionTokens() {
				return completion;
			}

			@Override
			public Integer getTotalTokens() {
				return total;
			}

			@Override
			public Object getNativeUsage() {
				return null;
			}

		});
		instrumented((request) -> response).call(PROMPT);
		assertThat(this.sink.event().tokens())
			.extracting(LlmTokenUsage::prompt, LlmTokenUsage::completion, LlmTokenUsage::total)
			.containsExactly(expectedPrompt, expectedCompletion, expectedTotal);
	}

	private static ChatResponse response(@Nullable Usage usage) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))),
				ChatResponseMetadata.builder().model("model").usage(usage).build());
	}

	/**
	 * Knows nothing of its target before it is asked for it.
	 */
	private record HostileTargetSource(@Nullable ChatModel target) implements TargetSource {

		@Override
		public Class<?> getTargetClass() {
			throw new IllegalStateException("no class");
		}

		@Override
		public Object getTarget() {
			if (this.target == null) {
				throw new IllegalStateException("no target");
			}
			return this.target;
		}

	}

}
