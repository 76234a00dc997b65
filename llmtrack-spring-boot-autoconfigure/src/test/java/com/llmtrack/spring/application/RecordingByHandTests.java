// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerResolver;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.LlmRequestRecording;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventCustomizer;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.AbstractApplicationTests;
import com.llmtrack.spring.testsupport.AnthropicAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.Waiting;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIIoException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.anthropic.AnthropicSetup;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that requests of OpenAI's and Anthropic's own SDKs, recorded by hand, arrive at
 * LLMtrack like those of models.
 */
class RecordingByHandTests extends AbstractApplicationTests {

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void startApplication() {
		context = start((beans) -> {
			beans.registerBean("sdkUser", SdkUser.class);
			beans.registerBean(LlmCustomerResolver.class, () -> () -> LlmCustomer.of("4711"));
			beans.registerBean(LlmUsageEventCustomizer.class, () -> RecordingByHandTests::customized);
		}, "llmtrack.environment=staging", "llmtrack.metadata.region=eu", "llmtrack.default-feature=other",
				"llmtrack.pricing[gpt-4o-mini-2024-07-18].input=1000000",
				"llmtrack.pricing[gpt-4o-mini-2024-07-18].output=2000000");
	}

	private static LlmUsageEvent customized(LlmUsageEvent event) {
		return "moved".equals(event.feature()) ? event.toBuilder().environment("production").build() : event;
	}

	@AfterAll
	static void closeApplication() {
		context.close();
	}

	private static SdkUser sdks() {
		return context.getBean(SdkUser.class);
	}

	private static LlmUsageRecorder recorder() {
		return context.getBean(LlmUsageRecorder.class);
	}

	@Test
	void requestOfOpenAisSdkIsRecorded() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 19, 10));
		assertThat(sdks().askOpenAi(Duration.ofSeconds(20))).isEqualTo("Hello");
		JsonNode event = servers.awaitEvent();
		assertThat(event.at("/provider").asString()).isEqualTo("openai");
		assertThat(event.at("/model").asString()).isEqualTo("gpt-4o-mini-2024-07-18");
		assertThat(event.at("/prompt_tokens").asInt()).isEqualTo(19);
		assertThat(event.at("/completion_tokens").asInt()).isEqualTo(10);
		assertThat(event.at("/total_tokens").asInt()).isEqualTo(29);
		assertThat(event.at("/cost").asInt()).isEqualTo(39);
		assertThat(event.at("/latency_ms").isIntegralNumber()).isTrue();
		assertThat(event.at("/status").asString()).isEqualTo("success");
		assertThat(event.at("/environment").asString()).isEqualTo("staging");
		assertThat(event.at("/customer_id").asString()).isEqualTo("4711");
		assertThat(event.at("/metadata/feature").asString()).isEqualTo("translation");
		assertThat(event.at("/metadata/region").asString()).isEqualTo("eu");
	}

	@Test
	void requestOfOpenAisSdkThatFailsIsAnError() {
		servers.openAi().answers(OpenAiAnswers.failure(400));
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> sdks().askOpenAi(Duration.ofSeconds(20)));
		JsonNode event = servers.awaitEvent();
		assertThat(event.at("/status").asString()).isEqualTo("error");
		assertThat(event.at("/model").asString()).isEqualTo("gpt-4o-mini");
		assertThat(event.at("/total_tokens").isNull()).isTrue();
	}

	@Test
	void requestOfOpenAisSdkThatTakesTooLongIsATimeout() {
		servers.openAi().answers(WireMock.aResponse().withFixedDelay(5000));
		assertThatExceptionOfType(OpenAIIoException.class).isThrownBy(() -> sdks().askOpenAi(Duration.ofMillis(300)));
		assertThat(servers.awaitEvent().at("/status").asString()).isEqualTo("timeout");
	}

	@Test
	void requestOfAnthropicsSdkIsRecorded() {
		servers.anthropic()
			.answers(AnthropicAnswers.text("Hello",
					"\"input_tokens\":21,\"output_tokens\":12,\"cache_read_input_tokens\":100,"
							+ "\"cache_creation_input_tokens\":0"));
		sdks().askAnthropic();
		JsonNode event = servers.awaitEvent();
		assertThat(event.at("/provider").asString()).isEqualTo("anthropic");
		assertThat(event.at("/model").asString()).isEqualTo(AnthropicAnswers.MODEL);
		assertThat(event.at("/prompt_tokens").asInt()).isEqualTo(21);
		assertThat(event.at("/cached_input_tokens").asInt()).isEqualTo(100);
		assertThat(event.at("/cache_accounting").asString()).isEqualTo("exclusive");
		assertThat(event.at("/metadata/feature").asString()).isEqualTo("other");
	}

	@Test
	void resultOfABatchHasNoLatency() {
		recorder().ended("openai", "gpt-4o-mini-2024-07-18").tokens(3, 4).record();
		assertThat(servers.awaitEvent().at("/latency_ms").isNull()).isTrue();
	}

	@Test
	void idempotencyKeyOfItsOwnIsSentEachTime() {
		for (int i = 0; i < 2; i++) {
			recorder().ended("openai", "gpt-4o-mini").tokens(3, 4).idempotencyKey("batch-1/row:42").record();
		}
		assertThat(servers.awaitEventRequests(2))
			.allSatisfy((request) -> assertThat(request.getHeader("Idempotency-Key")).isEqualTo("batch-1/row:42"));
		servers.awaitEvents(2);
	}

	@Test
	void environmentMayDifferByRequest() {
		recorder().ended("openai", "gpt-4o-mini").environment("batch").metadata(Map.of("run", 7)).record();
		JsonNode event = servers.awaitEvent();
		assertThat(event.at("/environment").asString()).isEqualTo("batch");
		assertThat(event.at("/metadata/run").asInt()).isEqualTo(7);
		assertThat(event.at("/metadata/region").asString()).isEqualTo("eu");
	}

	@Test
	void customizerMayChangeTheEnvironment() {
		LlmContext.feature("moved").run(() -> call(context));
		assertThat(servers.awaitEvent().at("/environment").asString()).isEqualTo("production");
		servers.reset();
		LlmContext.feature("stays").run(() -> call(context));
		assertThat(servers.awaitEvent().at("/environment").asString()).isEqualTo("staging");
	}

	@Test
	void idempotencyKeyOfItsOwnOutlivesARestart(@TempDir Path directory) {
		String spool = "llmtrack.spool.directory=" + directory;
		servers.llmTrackAnswers(WireMock.unauthorized());
		try (ConfigurableApplicationContext first = start(Beans.NONE, spool, "llmtrack.delivery.shutdown-timeout=0s")) {
			LlmUsageRecorder recorder = first.getBean(LlmUsageRecorder.class);
			for (String key : List.of("batch-1/1", "batch-1/1", "batch-1/2")) {
				recorder.ended("openai", "gpt-4o-mini").tokens(3, 4).idempotencyKey(key).record();
			}
			EventDispatcher dispatcher = first.getBean(EventDispatcher.class);
			Waiting.await()
				.until(() -> dispatcher.getSpooled() == 3 && dispatcher.getState() == DeliveryState.KEY_REFUSED
						&& dispatcher.getStatus().inFlight() == 0);
		}
		servers.reset();
		try (ConfigurableApplicationContext next = start(Beans.NONE, spool)) {
			assertThat(servers.awaitEventRequests(3)).extracting((request) -> request.getHeader("Idempotency-Key"))
				.containsExactlyInAnyOrder("batch-1/1", "batch-1/1", "batch-1/2");
			servers.awaitEvents(3);
		}
	}

	@Test
	void nothingIsRecordedWhileLlmTrackIsOff() {
		try (ConfigurableApplicationContext off = start((beans) -> beans.registerBean("sdkUser", SdkUser.class),
				"llmtrack.enabled=false")) {
			assertThat(off.getBean(SdkUser.class).askOpenAi(Duration.ofSeconds(20))).isEqualTo("Hello");
		}
		servers.awaitEvents(0);
	}

	/**
	 * Uses the SDKs as the documentation shows.
	 */
	static class SdkUser {

		private final LlmUsageRecorder usageRecorder;

		SdkUser(LlmUsageRecorder usageRecorder) {
			this.usageRecorder = usageRecorder;
		}

		@LlmFeature("translation")
		String askOpenAi(Duration timeout) {
			ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
				.model("gpt-4o-mini")
				.addUserMessage("Hi")
				.build();
			LlmRequestRecording request = this.usageRecorder.begin("openai", "gpt-4o-mini");
			try {
				ChatCompletion answer = openAi(timeout).chat().completions().create(question);
				request.model(answer.model());
				answer.usage().ifPresent((usage) -> request.tokens(usage.promptTokens(), usage.completionTokens()));
				return answer.choices().get(0).message().content().orElseThrow();
			}
			catch (RuntimeException ex) {
				request.failed(ex);
				throw ex;
			}
			finally {
				request.record();
			}
		}

		private static OpenAIClient openAi(Duration timeout) {
			return new OpenAIClientImpl(ClientOptions.builder()
				.httpClient(SpringAiOpenAiHttpClient.builder().timeout(timeout).build())
				.timeout(timeout)
				.baseUrl(servers.openAiUrl())
				.apiKey("openai-key")
				.maxRetries(0)
				.build());
		}

		void askAnthropic() {
			AnthropicClient client = AnthropicSetup.setupSyncClient(servers.providersUrl(), "anthropic-key",
					Duration.ofSeconds(20), 0, null, Map.of());
			LlmRequestRecording request = this.usageRecorder.begin("anthropic", "claude-haiku-4-5");
			Message answer = client.messages()
				.create(MessageCreateParams.builder()
					.model("claude-haiku-4-5")
					.maxTokens(100)
					.addUserMessage("Hi")
					.build());
			request.model(answer.model().asString())
				.tokens(LlmTokenUsage.builder()
					.prompt(answer.usage().inputTokens())
					.completion(answer.usage().outputTokens())
					.cachedInput(answer.usage().cacheReadInputTokens().orElse(null))
					.cacheWrite(answer.usage().cacheCreationInputTokens().orElse(null))
					.accounting(LlmTokenAccounting.EXCLUSIVE)
					.build())
				.record();
		}

	}

}
