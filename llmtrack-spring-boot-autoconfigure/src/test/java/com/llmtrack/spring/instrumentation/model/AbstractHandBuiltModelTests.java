// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.AlsoProcessed;
import com.llmtrack.spring.testsupport.EventAssertions;
import com.llmtrack.spring.testsupport.OllamaAnswers;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base for tests of models that the application builds itself instead of declaring beans.
 */
@AlsoProcessed
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		classes = AbstractHandBuiltModelTests.Application.class,
		properties = { "spring.ai.openai.api-key=openai-key", "spring.ai.openai.chat.model=gpt-4o-mini",
				"spring.ai.openai.max-retries=0", "llmtrack.api-key=llmtrack-key",
				"llmtrack.providers.groq-model=groq" })
@ActiveProfiles("observations")
abstract class AbstractHandBuiltModelTests {

	static final Prompt PROMPT = new Prompt("Hi");

	@RegisterExtension
	static final StubServers servers = StubServers.shared();

	@Autowired
	ObservationRegistry observations;

	@Autowired
	ModelInstrumentation instrumentation;

	@Autowired
	ChatModel bean;

	@Autowired
	OpenAiChatModel rawBean;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", servers::openAiUrl);
		registry.add("llmtrack.base-url", servers::llmTrackUrl);
	}

	@BeforeEach
	void answer() {
		servers.openAi().answers(OpenAiAnswers.text("Hello", 3, 2));
		servers.ollama().answers(OllamaAnswers.text("Hello", 3, 2));
	}

	static void streamsAreAnswered() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 3, 2));
		servers.ollama().answers(OllamaAnswers.textStream("Hello", 3, 2));
	}

	static void assertEvents(Kind kind, String... expected) {
		assertThat(EventAssertions.assertEvents(servers, servers::requests, expected)).allSatisfy((event) -> {
			assertThat(event.get("provider").asString()).isEqualTo(kind.provider);
			assertThat(event.get("model").asString()).startsWith(kind.model);
		});
	}

	/**
	 * What the application builds.
	 */
	enum Kind {

		OPENAI("openai", "gpt-4o-mini") {

			@Override
			ChatModel model(ObservationRegistry observations) {
				return OpenAiChatModel.builder()
					.options(OpenAiChatOptions.builder()
						.baseUrl(servers.openAiUrl())
						.apiKey("openai-key")
						.model("gpt-4o-mini")
						.maxRetries(0)
						.build())
					.observationRegistry(observations)
					.build();
			}

		},

		OLLAMA("ollama", "llama3.2") {

			@Override
			ChatModel model(ObservationRegistry observations) {
				return OllamaChatModel.builder()
					.ollamaApi(OllamaApi.builder().baseUrl(servers.providersUrl()).build())
					.options(OllamaChatOptions.builder().model("llama3.2").build())
					.retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)))
					.observationRegistry(observations)
					.build();
			}

		};

		private final String provider;

		private final String model;

		Kind(String provider, String model) {
			this.provider = provider;
			this.model = model;
		}

		abstract ChatModel model(ObservationRegistry observations);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
