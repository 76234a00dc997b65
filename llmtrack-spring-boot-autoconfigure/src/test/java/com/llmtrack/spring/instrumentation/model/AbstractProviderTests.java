// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.ScriptedProvider;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
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
 * An application with OpenAI, Anthropic and Ollama at once, and with each of them a
 * second time at a {@link ScriptedProvider}. All of these tests share it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = AbstractProviderTests.Application.class,
		properties = { "spring.ai.chat.client.enabled=false", "spring.ai.openai.api-key=openai-key",
				"spring.ai.openai.chat.model=gpt-4o-mini", "spring.ai.openai.max-retries=2",
				"spring.ai.anthropic.api-key=anthropic-key", "spring.ai.anthropic.chat.model=claude-haiku-4-5",
				"spring.ai.anthropic.max-retries=2", "spring.ai.ollama.chat.model=llama3.2",
				"spring.ai.retry.max-attempts=2", "spring.ai.retry.backoff.initial-interval=10ms",
				"llmtrack.api-key=llmtrack-key" })
@ActiveProfiles("all-providers")
abstract class AbstractProviderTests {

	/** After which the scripted providers' clients give up. */
	static final Duration TIMEOUT = Duration.ofMillis(700);

	/** No server listens at this port. */
	private static final String UNREACHABLE = "http://127.0.0.1:1";

	static final StubServers servers = new StubServers();

	static final ScriptedProvider scripted = new ScriptedProvider();

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
	@Qualifier("scriptedOllamaOnJdk")
	ChatModel scriptedOllamaOnJdk;

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
			return openAi(scripted.url());
		}

		@Bean
		ChatModel unreachableOpenAi() {
			return openAi(UNREACHABLE);
		}

		private static ChatModel openAi(String url) {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(url + "/v1")
					.apiKey("openai-key")
					.model("gpt-4o-mini")
					.timeout(TIMEOUT)
					.maxRetries(0)
					.build())
				.build();
		}

		@Bean
		ChatModel scriptedAnthropic() {
			return AnthropicChatModel.builder()
				.options(AnthropicChatOptions.builder()
					.baseUrl(scripted.url())
					.apiKey("anthropic-key")
					.model("claude-haiku-4-5")
					.timeout(TIMEOUT)
					.maxRetries(0)
					.build())
				.build();
		}

		@Bean
		ChatModel scriptedOllama() {
			ReactorClientHttpRequestFactory requests = new ReactorClientHttpRequestFactory();
			requests.setReadTimeout(TIMEOUT);
			return ollama(scripted.url(), RestClient.builder().requestFactory(requests),
					WebClient.builder()
						.clientConnector(new ReactorClientHttpConnector(
								reactor.netty.http.client.HttpClient.create().responseTimeout(TIMEOUT))));
		}

		@Bean
		ChatModel scriptedOllamaOnJdk() {
			JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
			requests.setReadTimeout(TIMEOUT);
			JdkClientHttpConnector connector = new JdkClientHttpConnector(HttpClient.newHttpClient());
			connector.setReadTimeout(TIMEOUT);
			return ollama(scripted.url(), RestClient.builder().requestFactory(requests),
					WebClient.builder().clientConnector(connector));
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
