// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.llmtrack.spring.InvalidUsageEventException;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestRecording;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UsageRecorder}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UsageRecorderTests {

	private final List<LlmUsageEvent> events = new ArrayList<>();

	private LlmCustomer customer = LlmCustomer.of("4711");

	private LlmUsageEventCustomizer customizer = (event) -> event;

	private final ModelCalls calls = calls(ModelNameSource.RESPONSE);

	private final UsageRecorder recorder = new UsageRecorder(this.calls);

	private ModelCalls calls(ModelNameSource modelName) {
		EventSettings settings = new EventSettings("other", "staging", modelName, Map.of(), Map.of("openai", "azure"),
				Map.of("gpt-4o", "gpt"), Map.of("region", "eu", "team", "checkout"), Set.of(), null, null);
		return new ModelCalls(TestBeans.of(this.events::add, settings, () -> this.customer,
				(event) -> this.customizer.customize(event)));
	}

	private LlmRequestRecording begin() {
		return this.recorder.begin("anthropic", "claude-haiku-4-5");
	}

	private LlmUsageEvent event() {
		assertThat(this.events).hasSize(1);
		return this.events.get(0);
	}

	@Test
	void requestIsRecordedAsThoseOfModels() {
		this.calls.open();
		begin().tokens(19, 10).record();
		assertThat(event().provider()).isEqualTo("anthropic");
		assertThat(event().model()).isEqualTo("claude-haiku-4-5");
		assertThat(event().tokens()).isEqualTo(LlmTokenUsage.of(19L, 10L, 29L));
		assertThat(event().status()).isEqualTo(LlmRequestStatus.SUCCESS);
		assertThat(event().feature()).isEqualTo("other");
		assertThat(event().environment()).isEqualTo("staging");
		assertThat(event().customer()).isEqualTo(this.customer);
		assertThat(event().metadata()).isEqualTo(Map.of("region", "eu", "team", "checkout"));
		assertThat(event().idempotencyKey()).isNull();
	}

	@Test
	void whatIsSaidComesFirst() {
		this.calls.open();
		LlmContext.feature("outer")
			.run(() -> begin().feature("batch")
				.customer(LlmCustomer.of("42"))
				.environment("production")
				.metadata(Map.of("team", "search", "run", 7))
				.idempotencyKey("batch-1/7")
				.status(LlmRequestStatus.CANCELLED)
				.latency(Duration.ofHours(3))
				.record());
		assertThat(event().feature()).isEqualTo("batch");
		assertThat(event().customer()).isEqualTo(LlmCustomer.of("42"));
		assertThat(event().environment()).isEqualTo("production");
		assertThat(event().metadata()).isEqualTo(Map.of("region", "eu", "team", "search", "run", 7));
		assertThat(event().idempotencyKey()).isEqualTo("batch-1/7");
		assertThat(event().status()).isEqualTo(LlmRequestStatus.CANCELLED);
		assertThat(event().latency()).isEqualTo(Duration.ofHours(3));
	}

	@Test
	void requestBelongsToTheFeatureAndCustomerThatItBeganFor() throws Exception {
		this.calls.open();
		LlmRequestRecording request = LlmContext.feature("summary").call(this::begin);
		this.customer = LlmCustomer.of("other");
		CompletableFuture.runAsync(request::record).get(20, TimeUnit.SECONDS);
		assertThat(event().feature()).isEqualTo("summary");
		assertThat(event().customer()).isEqualTo(LlmCustomer.of("4711"));
	}

	@Test
	void requestOfAReactiveChainHasTheFeatureOfTheMethod() {
		this.calls.open();
		Mono<Void> chain = Mono.defer(() -> Mono.just(begin()).doOnNext(LlmRequestRecording::record)).then();
		LlmContext.feature("summary")
			.call(() -> LlmContext.current().wrap(chain))
			.subscribeOn(Schedulers.boundedElastic())
			.block();
		assertThat(event().feature()).isEqualTo("summary");
	}

	@Test
	void requestWithinACallOfAModelHasItsFeatureAndCustomer() {
		this.calls.open();
		ModelCall call = LlmContext.feature("support-chat")
			.call(() -> this.calls.begin(CalledModel.proxied("model", new Object()), new Prompt("Hi")));
		this.customer = LlmCustomer.of("other");
		try (CallScope scope = call.enter()) {
			begin().record();
		}
		assertThat(event().feature()).isEqualTo("support-chat");
		assertThat(event().customer()).isEqualTo(LlmCustomer.of("4711"));
	}

	@Test
	void noFeatureMeansTheDefaultWhateverTheOuterOneIs() {
		this.calls.open();
		LlmContext.feature("outer").run(() -> begin().feature(null).customer(null).record());
		assertThat(event().feature()).isEqualTo("other");
		assertThat(event().customer()).isNull();
	}

	@Test
	void namesHaveTheirAliases() {
		this.calls.open();
		this.recorder.begin("OpenAI", "gpt").model("GPT-4o").record();
		assertThat(event().provider()).isEqualTo("azure");
		assertThat(event().model()).isEqualTo("gpt");
	}

	@Test
	void requestedModelComesFirstWhereTheApplicationWantsIt() {
		ModelCalls calls = calls(ModelNameSource.REQUEST);
		calls.open();
		new UsageRecorder(calls).begin("mistral", "small").model("small-2506").record();
		assertThat(event().model()).isEqualTo("small");
	}

	@Test
	void unknownNamesAreUnknown() {
		this.calls.open();
		this.recorder.ended(null, " ").record();
		assertThat(event().provider()).isEqualTo(LlmUsageEvent.UNKNOWN);
		assertThat(event().model()).isEqualTo(LlmUsageEvent.UNKNOWN);
	}

	@Test
	void timeIsThatSinceTheBeginning() {
		this.calls.open();
		long before = System.nanoTime();
		LlmRequestRecording request = begin().firstToken();
		long first = System.nanoTime();
		request.firstToken();
		request.record();
		long after = System.nanoTime();
		assertThat(event().latency()).isPositive().isLessThanOrEqualTo(Duration.ofNanos(after - before));
		assertThat(event().timeToFirstToken()).isPositive()
			.isLessThanOrEqualTo(Duration.ofNanos(first - before))
			.isLessThanOrEqualTo(event().latency());
	}

	@Test
	void timeOfARequestThatHasEndedIsUnknownUnlessSaid() {
		this.calls.open();
		this.recorder.ended("openai", "gpt-4o-mini").firstToken().record();
		this.recorder.ended("openai", "gpt-4o-mini").latency(Duration.ofHours(3)).record();
		assertThat(this.events).extracting(LlmUsageEvent::latency).containsExactly(null, Duration.ofHours(3));
		assertThat(this.events).extracting(LlmUsageEvent::timeToFirstToken).containsOnlyNulls();
	}

	@Test
	void onlyTheFirstEndCounts() {
		this.calls.open();
		LlmRequestRecording request = begin();
		request.record();
		request.tokens(1, 2).record();
		assertThat(event().tokens()).isEqualTo(LlmTokenUsage.UNKNOWN);
	}

	@Test
	void failureIsATimeoutOrAnError() {
		this.calls.open();
		begin().failed(new IllegalStateException("no", new TimeoutException())).record();
		begin().failed(new IllegalStateException("no")).record();
		assertThat(this.events).extracting(LlmUsageEvent::status)
			.containsExactly(LlmRequestStatus.TIMEOUT, LlmRequestStatus.ERROR);
	}

	static Stream<Consumer<LlmRequestRecording>> invalidValues() {
		return Stream.of((request) -> request.tokens(-1, 1), (request) -> request.tokens(Long.MAX_VALUE, 1),
				(request) -> request.tokens(null), (request) -> request.latency(Duration.ofNanos(-1)),
				(request) -> request.status(null), (request) -> request.metadata(Map.of("list", List.of())),
				(request) -> request.metadata(Map.of("text", "x".repeat(9000))), (request) -> request.metadata(null),
				(request) -> request.idempotencyKey("a b"));
	}

	@ParameterizedTest
	@MethodSource("invalidValues")
	void invalidValueIsRefusedAndTheRequestRecordedWithoutIt(Consumer<LlmRequestRecording> value) {
		this.calls.open();
		LlmRequestRecording request = begin();
		assertThatExceptionOfType(InvalidUsageEventException.class).isThrownBy(() -> value.accept(request));
		request.record();
		assertThat(event().provider()).isEqualTo("anthropic");
	}

	@Test
	void metadataOfItsOwnIsLeftOutWhereAllIsTooLarge(CapturedOutput output) {
		this.calls.open();
		begin().metadata(Map.of("text", "x".repeat(8160))).record();
		assertThat(event().metadata()).isEqualTo(Map.of("region", "eu", "team", "checkout"));
		assertThat(output).containsOnlyOnce("The event goes without the metadata of its own");
	}

	@Test
	void earlyRequestIsRecordedAsItWas() {
		LlmRequestRecording request = LlmContext.feature("warm-up").call(this::begin);
		request.tokens(19, 10).record();
		request.tokens(1, 1).feature("later").status(LlmRequestStatus.ERROR).record();
		assertThat(this.events).isEmpty();
		this.calls.open();
		assertThat(event().tokens().total()).isEqualTo(29);
		assertThat(event().feature()).isEqualTo("warm-up");
		assertThat(event().status()).isEqualTo(LlmRequestStatus.SUCCESS);
		assertThat(event().customer()).isNull();
	}

	@Test
	void requestThatBeganBeforeTheEndIsRecordedAndOneAfterItIsNot() {
		this.calls.open();
		LlmRequestRecording request = begin();
		this.calls.close();
		begin().tokens(1, 1).failed(new IllegalStateException()).record();
		assertThat(this.events).isEmpty();
		request.record();
		assertThat(this.events).hasSize(1);
	}

	@Test
	void nothingIsThrownWhateverFails(CapturedOutput output) {
		ModelCalls calls = new ModelCalls(TestBeans.of((event) -> {
			throw new AssertionError("sink");
		}, new EventSettings(), () -> {
			throw new AssertionError("customers");
		}, (event) -> {
			throw new AssertionError("customizer");
		}));
		calls.open();
		new UsageRecorder(calls).begin("openai", "gpt-4o-mini").record();
		assertThat(output).contains("A model request could not be recorded there", "The event goes without a customer",
				"The event stays as it was before");
	}

	@Test
	void customizerThatRecordsRequestsIsNotAskedAboutThem() {
		this.customizer = (event) -> {
			this.recorder.begin("ollama", "llama3.2").record();
			return event;
		};
		this.calls.open();
		begin().record();
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsExactly("ollama", "anthropic");
	}

}
