// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.genai.Client;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.ModelInstrumentation;
import com.llmtrack.spring.testsupport.SmallApplications;
import com.llmtrack.spring.testsupport.StubServers;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.micrometer.observation.ObservationRegistry;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.model.openai.autoconfigure.OpenAiEmbeddingAutoConfiguration;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.openai.setup.OpenAiSetup;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the provider of models whose class serves the API of several providers. The
 * clients believe that they talk to these; an interceptor sends their requests to a stub.
 */
class ServingProviderTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private static final OpenAiHttpClientBuilderCustomizer DETOUR = (builder) -> builder
		.interceptor(ServingProviderTests::detour);

	private static final String GROQ = "https://api.groq.com/openai/v1";

	private final List<LlmUsageEvent> events = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner openAi = SmallApplications.recording(this.events, servers)
		.withConfiguration(AutoConfigurations.of(OpenAiEmbeddingAutoConfiguration.class))
		.withPropertyValues("llmtrack.instrumentation.embeddings=true")
		.withBean(OpenAiHttpClientBuilderCustomizer.class, () -> DETOUR);

	private static Response detour(Interceptor.Chain chain) throws java.io.IOException {
		HttpUrl url = HttpUrl.get(servers.openAiUrl());
		boolean embedding = chain.request().url().encodedPath().endsWith("/embeddings");
		return chain.proceed(chain.request()
			.newBuilder()
			.url(url.newBuilder().addPathSegments(embedding ? "embeddings" : "chat/completions").build())
			.build());
	}

	private void assertProviders(String... providers) {
		assertThat(this.events).extracting(LlmUsageEvent::provider).containsExactly(providers);
	}

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1, openai", "https://shop.openai.azure.com, azure",
			"https://shop.services.ai.azure.com/openai/v1, azure", "https://api.groq.com/openai/v1, groq",
			"https://models.github.ai/inference, github-models", "http://localhost:1234/v1, lmstudio",
			"http://localhost:8000/v1, openai", "https://llm.example.com/v1, openai" })
	void providerIsTheOneAtTheBaseUrl(String baseUrl, String provider) {
		this.openAi.withPropertyValues("spring.ai.openai.base-url=" + baseUrl)
			.withBean(Consumer.class)
			.run((context) -> {
				context.getBean(Consumer.class).callAll();
				assertThat(servers.openAiRequests()).isEqualTo(2);
			});
		assertProviders(provider, provider, provider);
	}

	@Test
	void eachKindOfModelMayHaveAnotherBaseUrl() {
		this.openAi
			.withPropertyValues("spring.ai.openai.base-url=https://api.mistral.ai/v1",
					"spring.ai.openai.chat.base-url=" + GROQ)
			.withBean(Consumer.class)
			.run((context) -> context.getBean(Consumer.class).callAll());
		assertProviders("groq", "groq", "mistral");
	}

	@ParameterizedTest
	@CsvSource({ "microsoft-foundry=true", "microsoft-deployment-name=gpt" })
	void providerIsAzureIfTheConfigurationSaysSo(String property) {
		this.openAi
			.withPropertyValues("spring.ai.openai.base-url=https://gateway.example.com", "spring.ai.openai." + property)
			.withBean(Consumer.class)
			.run((context) -> context.getBean(Consumer.class).callAll());
		assertProviders("azure", "azure", "azure");
	}

	@Test
	void configuredProviderCountsMoreThanTheBaseUrl() {
		this.openAi
			.withPropertyValues("spring.ai.openai.base-url=" + GROQ, "llmtrack.providers.openAiChatModel=mine",
					"llmtrack.provider-aliases.groq=fast")
			.withBean(Consumer.class)
			.run((context) -> context.getBean(Consumer.class).callAll());
		assertProviders("mine", "mine", "fast");
	}

	@Test
	void observedEmbeddingHasTheProviderOfItsBean() {
		this.openAi.withBean("observations", ObservationRegistry.class, ObservationRegistry::create)
			.withPropertyValues("spring.ai.openai.base-url=" + GROQ)
			.run((context) -> context.getBean(EmbeddingModel.class).embed("Hi"));
		assertProviders("groq");
	}

	@Test
	void eachBeanHasItsOwnProvider() {
		this.openAi.withPropertyValues("spring.ai.openai.base-url=https://api.x.ai/v1")
			.withBean("byOptions", ChatModel.class, () -> byOptions(GROQ))
			.withBean("byClient", ChatModel.class, () -> byClient("https://openrouter.ai/api/v1"))
			.withBean(SeveralModels.class)
			.run((context) -> context.getBean(SeveralModels.class).models.forEach((model) -> model.call("Hi")));
		assertThat(this.events).extracting(LlmUsageEvent::provider)
			.containsExactlyInAnyOrder("xai", "groq", "openrouter");
	}

	@Test
	void handBuiltModelHasItsOwnProvider() {
		this.openAi.run((context) -> {
			ModelInstrumentation instrumentation = context.getBean(ModelInstrumentation.class);
			instrumentation.instrument(byClient(GROQ)).call("Hi");
			ChatClient.create(instrumentation.instrument(byOptions(GROQ), "named")).prompt("Hi").call().content();
		});
		assertProviders("groq", "groq");
	}

	/**
	 * The client of a model is made once, so the address in the options of a prompt has
	 * no effect.
	 */
	@Test
	void baseUrlOfAPromptCountsForNothing() {
		this.openAi.withPropertyValues("spring.ai.openai.base-url=" + GROQ)
			.withBean(Consumer.class)
			.run((context) -> context.getBean(Consumer.class).byInterface
				.call(new Prompt("Hi", OpenAiChatOptions.builder().model("m").baseUrl("https://api.x.ai/v1").build())));
		assertProviders("groq");
	}

	@Test
	void otherClassesMayServeSeveralProviders() {
		assertThat(ModelProviders.providerServing(anthropic("https://api.moonshot.ai/anthropic")))
			.isEqualTo("moonshotai");
		assertThat(ModelProviders.providerServing(anthropic("http://localhost:8080"))).isEqualTo("anthropic");
		assertThat(ModelProviders.providerServing(google(true))).isEqualTo("google-vertex");
		assertThat(ModelProviders.providerServing(google(false))).isEqualTo("google");
		assertThat(ModelProviders.providerServing("no model")).isEqualTo(LlmUsageEvent.UNKNOWN);
	}

	private static AnthropicChatModel anthropic(String baseUrl) {
		return AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder().baseUrl(baseUrl).apiKey("key").build())
			.build();
	}

	private static GoogleGenAiChatModel google(boolean vertexAi) {
		return GoogleGenAiChatModel.builder()
			.genAiClient(Client.builder().apiKey("key").vertexAI(vertexAi).build())
			.options(GoogleGenAiChatOptions.builder().model("gemini").build())
			.build();
	}

	private static ChatModel byOptions(String baseUrl) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder().baseUrl(baseUrl).apiKey("key").model("gpt-4o-mini").build())
			.httpClientBuilderCustomizer(DETOUR)
			.build();
	}

	/**
	 * A model whose options don't say what its client knows.
	 */
	private static ChatModel byClient(String baseUrl) {
		OpenAiChatOptions options = OpenAiChatOptions.builder().model("gpt-4o-mini").build();
		OpenAIClient client = OpenAiSetup.setupSyncClient(baseUrl, "key", null, null, null, null, false, false, null,
				options.getTimeout(), 0, null, null, ObservationRegistry.NOOP, null, List.of(DETOUR));
		OpenAIClientAsync async = OpenAiSetup.setupAsyncClient(baseUrl, "key", null, null, null, null, false, false,
				null, options.getTimeout(), 0, null, null, ObservationRegistry.NOOP, null, List.of(DETOUR));
		return OpenAiChatModel.builder().openAiClient(client).openAiClientAsync(async).options(options).build();
	}

	static class Consumer {

		private final ChatModel byInterface;

		private final OpenAiChatModel byClass;

		private final EmbeddingModel embeddings;

		Consumer(ChatModel byInterface, OpenAiChatModel byClass, EmbeddingModel embeddings) {
			this.byInterface = byInterface;
			this.byClass = byClass;
			this.embeddings = embeddings;
		}

		void callAll() {
			this.byInterface.call("Hi");
			this.byClass.call("Hi");
			this.embeddings.embed("Hi");
		}

	}

	static class SeveralModels {

		private final List<ChatModel> models;

		SeveralModels(List<ChatModel> models) {
			this.models = models;
		}

	}

}
