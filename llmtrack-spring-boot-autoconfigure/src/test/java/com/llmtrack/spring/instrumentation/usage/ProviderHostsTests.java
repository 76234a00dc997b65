// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.usage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProviderHosts}.
 */
class ProviderHostsTests {

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1, openai", "https://eu.api.openai.com/v1, openai",
			"https://shop.openai.azure.com, azure", "https://shop.openai.azure.com/openai/v1, azure",
			"https://shop.cognitiveservices.azure.com/, azure", "https://shop.services.ai.azure.com/models, azure",
			"https://api.groq.com/openai/v1, groq", "https://openrouter.ai/api/v1, openrouter",
			"https://api.deepseek.com, deepseek", "https://api.x.ai/v1, xai", "https://us-east-1.api.x.ai/v1, xai",
			"https://api.mistral.ai/v1, mistral", "https://codestral.mistral.ai/v1, mistral",
			"https://api.together.xyz/v1, togetherai", "https://api.together.ai/v1, togetherai",
			"https://api.fireworks.ai/inference/v1/, fireworks-ai", "https://api.perplexity.ai, perplexity",
			"https://models.github.ai/inference, github-models", "https://models.inference.ai.azure.com, github-models",
			"https://integrate.api.nvidia.com/v1, nvidia",
			"https://generativelanguage.googleapis.com/v1beta/openai/, google",
			"https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi, google-vertex",
			"https://aiplatform.googleapis.com/v1, google-vertex",
			"https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1, amazon-bedrock",
			"https://bedrock-mantle.us-west-2.api.aws/v1, amazon-bedrock", "https://ollama.com/v1, ollama-cloud",
			"https://api.anthropic.com, anthropic", "https://api.z.ai/api/anthropic, zai" })
	void hostTellsTheProvider(String baseUrl, String provider) {
		assertThat(ProviderHosts.providerAt(baseUrl)).isEqualTo(provider);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTPS://API.GROQ.COM/openai/v1", "https://api.groq.com:443", "https://api.groq.com",
			" https://api.groq.com/v1 ", "https://user:secret@api.groq.com/v1", "https://api.groq.com?version=1" })
	void addressMayBeWrittenInManyWays(String baseUrl) {
		assertThat(ProviderHosts.providerAt(baseUrl)).isEqualTo("groq");
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:1234/v1, lmstudio", "http://127.0.0.1:1234/v1, lmstudio",
			"http://192.168.0.7:1234/v1, lmstudio", "http://[::1]:1234/v1, lmstudio",
			"http://localhost:11434/v1, ollama", "http://my_ollama:11434/v1, ollama",
			"http://host.docker.internal:11434/v1, ollama", "http://172.17.0.1:11434/v1, ollama",
			"http://localhost:12434/engines/v1, docker-model-runner",
			"http://model-runner.docker.internal/engines/v1, docker-model-runner" })
	void portOfALocalServerTellsTheProvider(String baseUrl, String provider) {
		assertThat(ProviderHosts.providerAt(baseUrl)).isEqualTo(provider);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8000/v1", "http://localhost/v1", "http://vllm:8000/v1",
			"https://llm.example.com/v1", "https://llm.example.com:1234/v1", "https://172.32.0.1:1234/v1",
			"https://api.groq.com.example.com", "https://notapi.groq.com.evil", "https://xopenai.com", "https://ai",
			"https://example.com/https://api.groq.com", "https://example.com?api.groq.com",
			"https://example.com#@api.groq.com", "api.groq.com", "ftp://api.groq.com", "", "https://", "nonsense" })
	void addressThatTellsNoProvider(String baseUrl) {
		assertThat(ProviderHosts.providerAt(baseUrl)).isNull();
	}

}
