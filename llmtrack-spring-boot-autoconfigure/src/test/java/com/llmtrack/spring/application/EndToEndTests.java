// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.StubServers;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIIoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the whole way from a chat call over HTTP to an event over HTTP, with the real
 * auto-configurations of Spring Boot and Spring AI.
 */
@AlsoProcessed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.ai.openai.api-key=openai-key", "spring.ai.openai.chat.model=gpt-4o-mini",
				"spring.ai.openai.max-retries=0", "llmtrack.api-key=llmtrack-key", "llmtrack.default-feature=other" })
@ExtendWith(OutputCaptureExtension.class)
class EndToEndTests {

	private static final String DETAILED_USAGE = """
			{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,\
			"prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0},\
			"completion_tokens_details":{"reasoning_tokens":256,"audio_tokens":0}}""";

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	@Autowired
	private Features features;

	@Autowired
	private ChatModel chatModel;

	@Autowired
	private StreamingChatModel streamingChatModel;

	@Autowired
	private OpenAiChatModel openAiChatModel;

	@Autowired
	private List<ChatModel> chatModels;

	@Autowired
	private Map<String, ChatModel> chatModelsByName;

	@Autowired
	private ChatModel[] chatModelArray;

	@Autowired
	private ApplicationContext context;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", servers::openAiUrl);
		registry.add("llmtrack.base-url", servers::llmTrackUrl);
	}

	@Test
	void callGivesOneEvent() {
		assertThat(this.features.answer("Hi")).isEqualTo("Hello");
		JsonNode event = servers.awaitEvent();
		assertThat(fieldNames(event)).containsExactly("provider", "model", "prompt_tokens", "completion_tokens",
				"total_tokens", "latency_ms", "status", "metadata");
		assertThat(event.at("/provider").asString()).isEqualTo("openai");
		assertThat(event.at("/model").asString()).isEqualTo("gpt-4o-mini-2024-07-18");
		assertThat(event.at("/status").asString()).isEqualTo("success");
		assertThat(event.at("/metadata/feature").asString()).isEqualTo("support-chat");
		assertTokens(event, 19, 10, 29);
	}

	@Test
	void eventCarriesKeyAndIdempotencyKey() {
		this.features.answer("Hi");
		this.features.answer("Hi");
		List<LoggedRequest> requests = servers.awaitEventRequests(2);
		assertThat(requests).allSatisfy((request) -> {
			assertThat(request.getHeader("Authorization")).isEqualTo("Bearer llmtrack-key");
			assertThat(request.containsHeader("x-api-key")).isFalse();
			assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
			assertThat(request.getHeader("User-Agent")).matches("llmtrack-spring-boot/\\d+\\.\\d+\\.\\d+.*");
			assertThat(UUID.fromString(request.getHeader("Idempotency-Key"))).isNotNull();
		});
		assertThat(requests).extracting((request) -> request.getHeader("Idempotency-Key")).doesNotHaveDuplicates();
	}

	@Test
	void streamGivesOneEventWithTheUsageOfItsLastChunk() {
		servers.openAiStreams(chunk("Hel", "null"), chunk("lo", "null"),
				usageChunk("{\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12}"));
		assertThat(this.features.tell("Hi").collectList().block()).contains("Hel", "lo");
		JsonNode event = servers.awaitEvent();
		assertThat(event.at("/metadata/feature").asString()).isEqualTo("story");
		assertThat(event.at("/model").asString()).isEqualTo("gpt-4o-mini-2024-07-18");
		assertThat(event.at("/status").asString()).isEqualTo("success");
		assertTokens(event, 7, 5, 12);
	}

	@Test
	void callReportsCachedAndReasoningTokens() {
		servers.openAiAnswers("""
				{"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"o4-mini-2025-04-16",
				"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],
				"usage":%s}
				""".formatted(DETAILED_USAGE));
		this.features.answer("Hi");
		assertDetails(servers.awaitEvent());
	}

	@Test
	void streamReportsCachedAndReasoningTokens() {
		servers.openAiStreams(chunk("Hel", "null"), chunk("lo", "null"), usageChunk(DETAILED_USAGE));
		this.features.tell("Hi").blockLast();
		assertDetails(servers.awaitEvent());
	}

	@Test
	void eachSubscriptionOfAStreamIsARequest() {
		servers.openAiStreams(chunk("Hello", "null"));
		Flux<String> story = this.features.tell("Hi");
		story.blockLast();
		story.subscribeOn(Schedulers.boundedElastic()).blockLast();
		assertThat(servers.awaitEvents(2))
			.allSatisfy((event) -> assertThat(event.at("/metadata/feature").asString()).isEqualTo("story"));
		assertThat(servers.openAiRequests()).isEqualTo(2);
	}

	@Test
	void streamWithoutUsageHasUnknownTokens() {
		servers.openAiStreams(chunk("Hello", "null"));
		this.features.tell("Hi").blockLast();
		assertUnknownTokens(servers.awaitEvent());
	}

	@Test
	void cancelledStreamIsReportedAsSuch() {
		servers.openAiStreams(chunk("Hel", "null"), chunk("lo", "null"));
		this.streamingChatModel.stream(new Prompt("Hi")).take(1).blockLast();
		assertThat(servers.awaitEvent().at("/status").asString()).isEqualTo("cancelled");
	}

	@Test
	void monoOfABlockingCallBelongsToItsMethod() {
		assertThat(this.features.answerLater("Hi").block()).isEqualTo("Hello");
		assertThat(servers.awaitEvent().at("/metadata/feature").asString()).isEqualTo("answer-later");
	}

	@Test
	void answerWithoutUsageHasUnknownTokens() {
		servers.openAiAnswers("""
				{"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"gpt-4o-mini",
				"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}
				""");
		this.features.answer("Hi");
		JsonNode event = servers.awaitEvent();
		assertUnknownTokens(event);
		assertThat(event.at("/status").asString()).isEqualTo("success");
	}

	@Test
	void failedCallIsReportedAndItsExceptionReachesTheCaller() {
		servers.openAiAnswers(WireMock.jsonResponse("{\"error\":{\"message\":\"no\",\"code\":\"bad\"}}", 400));
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> this.features.answer("Hi"));
		JsonNode event = servers.awaitEvent();
		assertThat(event.at("/status").asString()).isEqualTo("error");
		assertThat(event.at("/model").asString()).isEqualTo("gpt-4o-mini");
		assertThat(event.at("/metadata/feature").asString()).isEqualTo("support-chat");
		assertUnknownTokens(event);
	}

	@Test
	void callThatTakesTooLongIsReportedAsATimeout() {
		servers.openAiAnswers(WireMock.aResponse().withFixedDelay(3000));
		Prompt prompt = new Prompt("Hi",
				OpenAiChatOptions.builder().model("gpt-4o-mini").timeout(Duration.ofMillis(500)).build());
		assertThatExceptionOfType(OpenAIIoException.class).isThrownBy(() -> this.chatModel.call(prompt));
		JsonNode event = servers.awaitEvent();
		assertThat(event.at("/status").asString()).isEqualTo("timeout");
	}

	@Test
	void failedStreamIsReported() {
		servers.openAiAnswers(WireMock.jsonResponse("{\"error\":{\"message\":\"no\",\"code\":\"bad\"}}", 400));
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> this.features.tell("Hi").blockLast());
		JsonNode event = servers.awaitEvent();
		assertThat(event.at("/status").asString()).isEqualTo("error");
		assertThat(event.at("/model").asString()).isEqualTo("gpt-4o-mini");
	}

	@Test
	void everyOverloadGivesOneEventWithItsTokens() {
		this.chatModel.call(new Prompt("Hi"));
		this.chatModel.call("Hi");
		this.chatModel.call(new UserMessage("Hi"), new UserMessage("there"));
		assertThat(servers.awaitEvents(3)).allSatisfy((event) -> assertTokens(event, 19, 10, 29));
	}

	@Test
	void everyStreamOverloadGivesOneEventWithItsTokens() {
		servers.openAiStreams(chunk("Hello", "null"),
				usageChunk("{\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12}"));
		this.streamingChatModel.stream(new Prompt("Hi")).blockLast();
		this.streamingChatModel.stream("Hi").blockLast();
		this.streamingChatModel.stream(new UserMessage("Hi"), new UserMessage("there")).blockLast();
		assertThat(servers.awaitEvents(3)).allSatisfy((event) -> assertTokens(event, 7, 5, 12));
	}

	@Test
	void callWithoutFeatureBelongsToTheDefaultFeature() {
		this.chatModel.call("Hi");
		assertThat(servers.awaitEvent().at("/metadata/feature").asString()).isEqualTo("other");
	}

	@Test
	void modelsInCollectionsAreMeasured() {
		assertThat(this.chatModels).containsExactly(this.chatModel);
		assertThat(this.chatModelsByName).containsOnly(Map.entry("openAiChatModel", this.chatModel));
		assertThat(this.chatModelArray).containsExactly(this.chatModel);
		this.chatModels.get(0).call("Hi");
		servers.awaitEvent();
	}

	@Test
	void finalModelIsInjectedByItsClassAsBeforeAndObserved() {
		assertThat(AopUtils.isAopProxy(this.openAiChatModel)).isFalse();
		assertThat(this.context.getBean(OpenAiChatModel.class)).isSameAs(this.openAiChatModel);
		assertThat(this.context.getBean("openAiChatModel")).isSameAs(this.openAiChatModel);
		assertThat(this.openAiChatModel.call("Hi")).isEqualTo("Hello");
		assertTokens(servers.awaitEvent(), 19, 10, 29);
	}

	@Test
	void measuredModelBehavesAsTheModelItStandsFor() {
		assertThat(AopUtils.isAopProxy(this.chatModel)).isTrue();
		assertThat(this.chatModel).isSameAs(this.streamingChatModel);
		assertThat(this.chatModel.getOptions()).isEqualTo(this.openAiChatModel.getOptions());
		assertThat(this.chatModel).hasToString(this.openAiChatModel.toString());
	}

	@Test
	void contextStartsWithoutWarnings(CapturedOutput output) {
		assertThat(output).doesNotContain("not eligible for getting processed", "WARN", "ERROR");
	}

	private static String chunk(String content, String usage) {
		return """
				{"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[\
				{"index":0,"delta":{"role":"assistant","content":"%s"},"finish_reason":null}],"usage":%s}"""
			.formatted(content, usage);
	}

	private static String usageChunk(String usage) {
		return """
				{"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18",\
				"choices":[],"usage":%s}""".formatted(usage);
	}

	private static List<String> fieldNames(JsonNode event) {
		return List.copyOf(event.propertyNames());
	}

	private static void assertTokens(JsonNode event, int prompt, int completion, int total) {
		assertThat(List.of("prompt_tokens", "completion_tokens", "total_tokens"))
			.extracting((name) -> event.get(name).asInt())
			.containsExactly(prompt, completion, total);
	}

	private static void assertDetails(JsonNode event) {
		assertTokens(event, 2006, 300, 2306);
		assertThat(event.at("/reasoning_tokens").asInt()).isEqualTo(256);
		assertThat(event.at("/cached_input_tokens").asInt()).isEqualTo(1920);
		assertThat(event.has("cache_write_tokens")).isFalse();
		assertThat(event.at("/cache_accounting").asString()).isEqualTo("inclusive");
	}

	private static void assertUnknownTokens(JsonNode event) {
		assertThat(List.of("prompt_tokens", "completion_tokens", "total_tokens"))
			.allSatisfy((name) -> assertThat(event.get(name).isNull()).as(name).isTrue());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Features.class)
	static class Application {

	}

	static class Features {

		private final ChatClient chatClient;

		private final ChatModel chatModel;

		Features(ChatClient.Builder chatClient, ChatModel chatModel) {
			this.chatClient = chatClient.build();
			this.chatModel = chatModel;
		}

		@LlmFeature("support-chat")
		String answer(String question) {
			return this.chatClient.prompt(question).call().content();
		}

		@LlmFeature("story")
		Flux<String> tell(String subject) {
			return this.chatClient.prompt(subject).stream().content();
		}

		@LlmFeature("answer-later")
		Mono<String> answerLater(String question) {
			return Mono.fromCallable(() -> this.chatModel.call(question));
		}

	}

}
