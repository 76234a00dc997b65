// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.ScriptedProvider;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Base for tests that share an application with OpenAI, Anthropic and Ollama, and with a
 * second model of each at a {@link ScriptedProvider}.
 */
@AlsoProcessed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = AbstractProviderTests.Application.class,
		properties = { "spring.ai.chat.client.enabled=false", "spring.ai.openai.api-key=openai-key",
				"spring.ai.openai.chat.model=gpt-4o-mini", "spring.ai.openai.max-retries=2",
				"spring.ai.anthropic.api-key=anthropic-key", "spring.ai.anthropic.chat.model=claude-haiku-4-5",
				"spring.ai.anthropic.max-retries=2", "spring.ai.ollama.chat.model=llama3.2",
				"spring.ai.retry.max-attempts=2", "spring.ai.retry.backoff.initial-interval=10ms",
				"llmtrack.api-key=llmtrack-key" })
@ActiveProfiles("all-providers")
abstract class AbstractProviderTests {

	/** After which impatient clients give up. */
	private static final Duration SHORT = Duration.ofMillis(500);

	private static final Duration LONG = Duration.ofMinutes(1);

	/** No server listens at this port. */
	private static final String UNREACHABLE = "http://127.0.0.1:1";

	@RegisterExtension
	static final StubServers servers = StubServers.shared();

	static final ScriptedProvider scripted = new ScriptedProvider();

	/** The answers that the JDK's client got the headers of. */
	static final AtomicInteger answersBegunOnJdk = new AtomicInteger();

	@Autowired
	@Qualifier("openAiChatModel")
	ChatModel openAi;

	@Autowired
	@Qualifier("anthropicChatModel")
	ChatModel anthropic;

	@Autowired
	@Qualifier("ollamaChatModel")
	ChatModel ollama;

	@Autowired
	@Qualifier("scriptedOpenAi")
	ChatModel scriptedOpenAi;

	@Autowired
	@Qualifier("scriptedAnthropic")
	ChatModel scriptedAnthropic;

	@Autowired
	@Qualifier("scriptedOllama")
	ChatModel scriptedOllama;

	@Autowired
	@Qualifier("impatientOpenAi")
	ChatModel impatientOpenAi;

	@Autowired
	@Qualifier("impatientAnthropic")
	ChatModel impatientAnthropic;

	@Autowired
	@Qualifier("impatientOllama")
	ChatModel impatientOllama;

	@Autowired
	@Qualifier("impatientOllamaOnJdk")
	ChatModel impatientOllamaOnJdk;

	@Autowired
	@Qualifier("unreachableOpenAi")
	ChatModel unreachableOpenAi;

	@Autowired
	@Qualifier("unreachableOllama")
	ChatModel unreachableOllama;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", servers::openAiUrl);
		registry.add("spring.ai.anthropic.base-url", servers::providersUrl);
		registry.add("spring.ai.ollama.base-url", servers::providersUrl);
		registry.add("llmtrack.base-url", servers::llmTrackUrl);
	}

	@BeforeEach
	void reset() {
		servers.reset();
		scripted.reset();
		answersBegunOnJdk.set(0);
	}

	/**
	 * Return a prompt for streams that are cancelled: OpenAI's and Anthropic's clients
	 * don't close one before they have read from it, or given up.
	 */
	static Prompt promptToCancel(ChatModel model) {
		Duration timeout = Duration.ofSeconds(3);
		ChatOptions options = model.getOptions();
		if (options instanceof OpenAiChatOptions) {
			options = OpenAiChatOptions.builder().model("gpt-4o-mini").timeout(timeout).build();
		}
		else if (options instanceof AnthropicChatOptions) {
			options = AnthropicChatOptions.builder().model("claude-haiku-4-5").timeout(timeout).build();
		}
		return new Prompt("Hi", options);
	}

	static List<JsonNode> assertEvents(String... expected) {
		return EventAssertions.assertEvents(servers, servers::requests, expected);
	}

	static List<JsonNode> assertScriptedEvents(String... expected) {
		return EventAssertions.assertEvents(servers, scripted::requests, expected);
	}

	/**
	 * Declares its models by interface, as Spring AI's auto-configurations would give way
	 * to their classes.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ChatModel scriptedOpenAi() {
			return openAi(scripted.url(), LONG);
		}

		@Bean
		ChatModel impatientOpenAi() {
			return openAi(scripted.url(), SHORT);
		}

		@Bean
		ChatModel unreachableOpenAi() {
			return openAi(UNREACHABLE, LONG);
		}

		private static ChatModel openAi(String url, Duration timeout) {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(url + "/v1")
					.apiKey("openai-key")
					.model("gpt-4o-mini")
					.timeout(timeout)
					.maxRetries(0)
					.build())
				.build();
		}

		@Bean
		ChatModel scriptedAnthropic() {
			return anthropic(LONG);
		}

		@Bean
		ChatModel impatientAnthropic() {
			return anthropic(SHORT);
		}

		private static ChatModel anthropic(Duration timeout) {
			return AnthropicChatModel.builder()
				.options(AnthropicChatOptions.builder()
					.baseUrl(scripted.url())
					.apiKey("anthropic-key")
					.model("claude-haiku-4-5")
					.timeout(timeout)
					.maxRetries(0)
					.build())
				.build();
		}

		@Bean
		ChatModel scriptedOllama() {
			return ollama(LONG);
		}

		@Bean
		ChatModel impatientOllama() {
			return ollama(SHORT);
		}

		private static ChatModel ollama(Duration timeout) {
			ReactorClientHttpRequestFactory requests = new ReactorClientHttpRequestFactory();
			requests.setReadTimeout(timeout);
			return ollama(scripted.url(), RestClient.builder().requestFactory(requests),
					WebClient.builder()
						.clientConnector(new ReactorClientHttpConnector(
								reactor.netty.http.client.HttpClient.create().responseTimeout(timeout))));
		}

		@Bean
		ChatModel impatientOllamaOnJdk() {
			JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
			requests.setReadTimeout(SHORT);
			JdkClientHttpConnector connector = new JdkClientHttpConnector(HttpClient.newHttpClient());
			connector.setReadTimeout(SHORT);
			return ollama(scripted.url(),
					RestClient.builder().requestFactory(requests).requestInterceptor((request, body, execution) -> {
						ClientHttpResponse response = execution.execute(request, body);
						answersBegunOnJdk.incrementAndGet();
						return response;
					}), WebClient.builder().clientConnector(connector));
		}

		@Bean
		ChatModel unreachableOllama() {
			return ollama(UNREACHABLE, RestClient.builder(), WebClient.builder());
		}

		private static ChatModel ollama(String url, RestClient.Builder restClient, WebClient.Builder webClient) {
			return OllamaChatModel.builder()
				.ollamaApi(OllamaApi.builder()
					.baseUrl(url)
					.restClientBuilder(restClient)
					.webClientBuilder(webClient)
					.build())
				.options(OllamaChatOptions.builder().model("llama3.2").build())
				.retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)))
				.build();
		}

	}

}
