// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.util.ReflectionUtils;

/**
 * Where a model of Spring AI sends its requests. With OpenAI only its client knows:
 * Spring AI configures that from properties and environment variables, and the options of
 * the model do not repeat them. With Anthropic the options know.
 *
 * @param baseUrl the address, or {@code null} if it is unknown
 * @param platform the platform that the client was made for, or {@code null} for none in
 * particular
 */
public record ModelEndpoint(@Nullable String baseUrl, @Nullable Platform platform) {

	/** The fields that hold the clients of models that more than one provider serves. */
	static final Map<String, String> CLIENTS = Map.of("org.springframework.ai.google.genai.GoogleGenAiChatModel",
			"genAiClient", "org.springframework.ai.openai.OpenAiChatModel", "openAiClient",
			"org.springframework.ai.openai.OpenAiEmbeddingModel", "openAiClient");

	/** What has accessors that are called. */
	static final List<String> TYPES = List.of("com.google.genai.Client", "com.openai.core.ClientOptions",
			"org.springframework.ai.anthropic.AnthropicChatOptions");

	static final String OPENAI_CLIENT = "com.openai.client.OpenAIClientImpl";

	static final String OPENAI_OPTIONS = "clientOptions";

	/**
	 * Return where a model sends its requests.
	 * @param model the model itself, behind any proxy
	 * @return the endpoint, or {@code null} if the model does not tell
	 */
	public static @Nullable ModelEndpoint of(Object model) {
		try {
			Object client = clientOf(model);
			if (client != null) {
				return ofClient(client);
			}
			ChatOptions options = (model instanceof ChatModel chatModel) ? chatModel.getOptions() : null;
			return (options != null && invoke(options, "getBaseUrl") instanceof String url)
					? new ModelEndpoint(url, null) : null;
		}
		catch (Throwable ex) {
			// Another version of Spring AI or of the client, or no access
			return null;
		}
	}

	private static @Nullable Object clientOf(Object model) {
		for (Class<?> type = model.getClass(); type != null; type = type.getSuperclass()) {
			String field = CLIENTS.get(type.getName());
			if (field != null) {
				return PrivateFields.read(model, type, field, Object.class);
			}
		}
		return null;
	}

	private static ModelEndpoint ofClient(Object client) {
		if (invoke(client, "vertexAI") instanceof Boolean vertexAi) {
			return new ModelEndpoint(null, vertexAi ? Platform.VERTEX_AI : null);
		}
		Object options = PrivateFields.read(client, client.getClass(), OPENAI_OPTIONS, Object.class);
		if (options == null) {
			return new ModelEndpoint(null, null);
		}
		return new ModelEndpoint((invoke(options, "baseUrl") instanceof String url) ? url : null,
				isAzure(options) ? Platform.AZURE : null);
	}

	/**
	 * Return whether a client of OpenAI's was made for Azure: Spring AI sets its path
	 * mode then, and an application that makes one itself its credential.
	 */
	private static boolean isAzure(Object options) {
		Object credential = invoke(options, "credential");
		return (invoke(options, "azureUrlPathMode") instanceof Enum<?> mode && !"AUTO".equals(mode.name()))
				|| (credential != null && credential.getClass().getName().startsWith("com.openai.azure."));
	}

	private static @Nullable Object invoke(Object owner, String accessor) {
		Method method = ReflectionUtils.findMethod(owner.getClass(), accessor);
		return (method != null) ? ReflectionUtils.invokeMethod(method, owner) : null;
	}

	/**
	 * A platform with a client of its own, whatever address that has.
	 */
	public enum Platform {

		/** Azure OpenAI, also known as Microsoft Foundry. */
		AZURE,

		/** Google's Vertex AI. */
		VERTEX_AI

	}

}
