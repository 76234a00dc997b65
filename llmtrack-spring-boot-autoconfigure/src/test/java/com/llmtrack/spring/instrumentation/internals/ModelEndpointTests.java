// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import com.google.genai.Client;
import com.llmtrack.spring.instrumentation.internals.ModelEndpoint.Platform;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.credential.BearerTokenCredential;
import com.openai.credential.Credential;
import org.junit.jupiter.api.Test;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelEndpoint}: that Spring AI's models still have their clients where
 * it looks for them.
 */
class ModelEndpointTests {

	private static final String URL = "https://llm.example.com/v1";

	@Test
	void chatModelOfOpenAi() {
		assertThat(ModelEndpoint.of(openAi(OpenAiChatOptions.builder().baseUrl(URL))))
			.isEqualTo(new ModelEndpoint(URL, null));
	}

	@Test
	void embeddingModelOfOpenAi() {
		OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
			.options(OpenAiEmbeddingOptions.builder().baseUrl(URL).apiKey("key").build())
			.build();
		assertThat(ModelEndpoint.of(model)).isEqualTo(new ModelEndpoint(URL, null));
	}

	@Test
	void chatModelOfAnthropic() {
		AnthropicChatModel model = AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder().baseUrl(URL).apiKey("key").build())
			.build();
		assertThat(ModelEndpoint.of(model)).isEqualTo(new ModelEndpoint(URL, null));
	}

	@Test
	void clientCountsMoreThanOptions() {
		assertThat(ModelEndpoint.of(openAi(BearerTokenCredential.create("key"))))
			.isEqualTo(new ModelEndpoint(URL, null));
	}

	@Test
	void clientOfTheApplicationsOwnMayBeOneForAzure() {
		assertThat(ModelEndpoint.of(openAi(AzureApiKeyCredential.create("key"))))
			.isEqualTo(new ModelEndpoint(URL, Platform.AZURE));
	}

	private static OpenAiChatModel openAi(Credential credential) {
		OpenAIClient client = new OpenAIClientImpl(ClientOptions.builder()
			.httpClient(SpringAiOpenAiHttpClient.builder().build())
			.baseUrl(URL)
			.credential(credential)
			.build());
		return OpenAiChatModel.builder()
			.openAiClient(client)
			.options(OpenAiChatOptions.builder().baseUrl("https://other.example.com").apiKey("key").build())
			.build();
	}

	@Test
	void modelsOfAzureMayHaveAnyAddress() {
		assertThat(ModelEndpoint.of(openAi(OpenAiChatOptions.builder().baseUrl(URL).microsoftFoundry(true))))
			.extracting(ModelEndpoint::platform)
			.isEqualTo(Platform.AZURE);
		assertThat(ModelEndpoint.of(openAi(OpenAiChatOptions.builder().baseUrl(URL).deploymentName("gpt"))))
			.extracting(ModelEndpoint::platform)
			.isEqualTo(Platform.AZURE);
	}

	private static OpenAiChatModel openAi(OpenAiChatOptions.Builder options) {
		return OpenAiChatModel.builder().options(options.apiKey("key").build()).build();
	}

	@Test
	void chatModelOfGoogle() {
		assertThat(ModelEndpoint.of(google(true))).isEqualTo(new ModelEndpoint(null, Platform.VERTEX_AI));
		assertThat(ModelEndpoint.of(google(false))).isEqualTo(new ModelEndpoint(null, null));
	}

	private static GoogleGenAiChatModel google(boolean vertexAi) {
		return GoogleGenAiChatModel.builder()
			.genAiClient(Client.builder().apiKey("key").vertexAI(vertexAi).build())
			.options(GoogleGenAiChatOptions.builder().model("gemini").build())
			.build();
	}

	@Test
	void otherObjectsDoNotTell() {
		assertThat(ModelEndpoint.of(new Object())).isNull();
		assertThat(ModelEndpoint.of("text")).isNull();
	}

}
