// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link SpringAi1}: what models of Spring AI 1.1 report gives the same events
 * as with later ones.
 */
class ReportedUsageTests {

	private static final String OPENAI_USAGE = """
			{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,\
			"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":3}}""";

	private static OldLine application;

	@BeforeAll
	static void start() {
		application = OldLine.start(OldLine.Configured.class, "spring.ai.openai.chat.options.model=gpt-default",
				"llmtrack.instrumentation.embeddings=true", "llmtrack.event.include=turn-id");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@AfterEach
	void reset() {
		application.services().resetAll();
		application.events(0);
	}

	@Test
	void detailsOfOpenAiInCallsAndStreams() {
		OpenAiChatModel model = application.bean(OpenAiChatModel.class);
		answerOpenAi("{\"model\":\"gpt-snapshot\",\"choices\":[%s],\"usage\":%s}".formatted(choice(), OPENAI_USAGE));
		model.call("Hello");
		streamOpenAi(chunk(OPENAI_USAGE));
		model.stream("Hello").blockLast();
		assertThat(application.events(2)).hasSize(2).allSatisfy((event) -> {
			assertThat(event.model()).isEqualTo("gpt-snapshot");
			assertThat(event.provider()).isEqualTo("openai");
			assertThat(event.status()).isEqualTo(LlmRequestStatus.SUCCESS);
			assertThat(event.tokens()).isEqualTo(LlmTokenUsage.builder()
				.prompt(19L)
				.completion(10L)
				.total(29L)
				.cachedInput(5L)
				.reasoning(3L)
				.accounting(LlmTokenAccounting.INCLUSIVE)
				.build());
		});
	}

	@Test
	void detailsOfAnthropic() {
		application.services().stubFor(WireMock.post("/v1/messages").willReturn(WireMock.okJson("""
				{"id":"m","type":"message","role":"assistant","model":"claude-snapshot","stop_reason":"end_turn",\
				"content":[{"type":"text","text":"Hi"}],"usage":{"input_tokens":7,"output_tokens":3,\
				"cache_read_input_tokens":100,"cache_creation_input_tokens":20}}""")));
		application.bean(AnthropicChatModel.class).call("Hello");
		LlmUsageEvent event = application.events(1).get(0);
		assertThat(event.provider()).isEqualTo("anthropic");
		assertThat(event.tokens().prompt()).isEqualTo(7);
		assertThat(event.tokens().cachedInput()).isEqualTo(100);
		assertThat(event.tokens().cacheWrite()).isEqualTo(20);
		assertThat(event.tokens().accounting()).isEqualTo(LlmTokenAccounting.EXCLUSIVE);
	}

	@Test
	void countsOfOllama() {
		application.services().stubFor(WireMock.post("/api/chat").willReturn(WireMock.okJson("""
				{"model":"llama","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"Hi"},\
				"done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":3}""")));
		application.bean(OllamaChatModel.class).call("Hello");
		LlmUsageEvent event = application.events(1).get(0);
		assertThat(event.provider()).isEqualTo("ollama");
		assertThat(event.tokens()).isEqualTo(LlmTokenUsage.of(7L, 3L, 10L));
	}

	@Test
	void modelThatAFailedRequestAskedFor() {
		application.services().stubFor(WireMock.post("/v1/chat/completions").willReturn(WireMock.badRequest()));
		OpenAiChatModel model = application.bean(OpenAiChatModel.class);
		for (ChatOptions options : new ChatOptions[] { null, ChatOptions.builder().model("gpt-asked").build() }) {
			assertThatException().isThrownBy(() -> model.call(new Prompt("Hello", options)));
		}
		assertThat(application.events(2)).extracting(LlmUsageEvent::model).containsExactly("gpt-default", "gpt-asked");
	}

	@Test
	void chatClientsHaveTheAdvisor() {
		streamOpenAi(chunk(OPENAI_USAGE));
		ChatClient client = ChatClient.builder(application.bean(OpenAiChatModel.class)).build();
		ChatClient customized = application.bean(ChatClientBuilderConfigurer.class)
			.configure(ChatClient.builder(application.bean(OpenAiChatModel.class)))
			.build();
		assertThat(client.prompt("Hello").stream().content().collectList().block()).isNotNull();
		customized.prompt("Hello")
			.advisors((advisors) -> advisors.param(LlmContext.FEATURE_PARAM, "chat"))
			.stream()
			.content()
			.blockLast();
		List<LlmUsageEvent> events = application.events(2);
		assertThat(events).extracting(LlmUsageEvent::feature).containsExactly(null, "chat");
		assertThat(events.get(1).metadata()).containsKey("turn_id");
	}

	@Test
	void endOfAStreamThatIsOnlyObserved() {
		OpenAiChatModel model = OpenAiChatModel.builder()
			.openAiApi(OpenAiApi.builder().baseUrl(application.services().baseUrl()).apiKey("test").build())
			.observationRegistry(application.bean(ObservationRegistry.class))
			.build();
		answerOpenAi("{\"model\":\"gpt-snapshot\",\"choices\":[]}");
		model.call(new Prompt("Hello"));
		assertThat(application.events(1)).extracting(LlmUsageEvent::status)
			.as("a call without an answer")
			.containsExactly(LlmRequestStatus.SUCCESS);
		application.services()
			.stubFor(WireMock.post("/v1/chat/completions")
				.willReturn(WireMock.aResponse()
					.withHeader("Content-Type", "text/event-stream")
					.withBody(chunk("null").repeat(20))
					.withChunkedDribbleDelay(20, (int) Duration.ofSeconds(30).toMillis())));
		model.stream(new Prompt("Hello")).blockFirst();
		assertThat(application.events(1)).extracting(LlmUsageEvent::status).containsExactly(LlmRequestStatus.CANCELLED);
	}

	@Test
	void addressOfAModel() {
		OpenAiApi groq = OpenAiApi.builder().baseUrl("https://api.groq.com/openai").apiKey("test").build();
		AnthropicApi moonshot = AnthropicApi.builder().baseUrl("https://api.moonshot.ai/anthropic").apiKey("x").build();
		SpringAi1 line = new SpringAi1();
		assertThat(line.baseUrl(OpenAiChatModel.builder().openAiApi(groq).build()))
			.isEqualTo("https://api.groq.com/openai");
		assertThat(line.baseUrl(new OpenAiEmbeddingModel(groq))).isEqualTo("https://api.groq.com/openai");
		assertThat(line.baseUrl(AnthropicChatModel.builder().anthropicApi(moonshot).build()))
			.startsWith("https://api.moonshot.ai/anthropic");
		assertThat(line.baseUrl(new Object())).isNull();
	}

	@Test
	void nativeImagesKeepTheFieldsThatTellTheAddress() throws ClassNotFoundException {
		RuntimeHints hints = new RuntimeHints();
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		for (Map.Entry<String, String> field : ModelAddresses.FIELDS.entrySet()) {
			assertThat(hints).as(field.getKey())
				.matches(RuntimeHintsPredicates.reflection().onField(field.getKey(), field.getValue()));
		}
	}

	@Test
	void nativeUsageOfAnotherClassIsUnknown() {
		assertThat(new SpringAi1().details(Map.of("cached", 5))).isNull();
	}

	private static String choice() {
		return "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}";
	}

	private static String chunk(String usage) {
		return """
				data: {"id":"c","object":"chat.completion.chunk","model":"gpt-snapshot","choices":[{"index":0,\
				"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}]}

				data: {"id":"c","object":"chat.completion.chunk","model":"gpt-snapshot","choices":[],"usage":%s}

				""".formatted(usage);
	}

	private static void answerOpenAi(String body) {
		application.services().stubFor(WireMock.post("/v1/chat/completions").willReturn(WireMock.okJson(body)));
	}

	private static void streamOpenAi(String body) {
		application.services()
			.stubFor(WireMock.post("/v1/chat/completions")
				.willReturn(WireMock.aResponse()
					.withHeader("Content-Type", "text/event-stream")
					.withBody(body + "data: [DONE]\n\n")));
	}

}
