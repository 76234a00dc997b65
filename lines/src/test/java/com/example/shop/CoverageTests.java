// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.ModelInstrumentation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Lazy;

/**
 * One event for each request, however the model is reached.
 */
class CoverageTests extends AbstractShopTests {

	private static final Prompt PROMPT = new Prompt("Hi");

	@Autowired
	private ApplicationContext context;

	@Autowired
	private ChatModel byInterface;

	@Autowired
	private OpenAiChatModel byClass;

	@Autowired
	@Lazy
	private ChatModel lazily;

	@Autowired
	private List<ChatModel> inList;

	@Autowired
	private Map<String, ChatModel> inMap;

	@Autowired
	private ObjectProvider<ChatModel> byProvider;

	@Autowired
	@Qualifier("decorator")
	private ChatModel decorator;

	@Autowired
	private StreamingChatModel streaming;

	@Autowired
	private ChatClient.Builder chatClient;

	@Autowired
	private ObservationRegistry observations;

	@Autowired
	private ModelInstrumentation instrumentation;

	@Test
	void callsAndStreamsOfAModelFromAnywhere() {
		Map<String, ChatModel> models = new LinkedHashMap<>();
		models.put("interface", this.byInterface);
		models.put("class", this.byClass);
		models.put("lazy", this.lazily);
		models.put("provider", this.byProvider.getIfAvailable());
		models.put("map", this.inMap.get("openAiChatModel"));
		models.put("getBean by interface", this.context.getBean("openAiChatModel", ChatModel.class));
		models.put("getBean by class", this.context.getBean(OpenAiChatModel.class));
		models.put("decorator", this.decorator);
		models.put("decorator in a map", this.inMap.get("decorator"));
		models.put("observed", ollama(this.observations));
		models.put("instrumented", this.instrumentation.instrument(ollama(ObservationRegistry.NOOP)));
		List<String> expected = new ArrayList<>();
		models.forEach((way, model) -> {
			LlmContext.feature(way).run(() -> {
				model.call(PROMPT);
				model.stream(PROMPT).blockLast();
			});
			expected.add(way + " " + Providers.CALL);
			expected.add(way + " " + Providers.STREAM);
		});
		assertEvents(expected.toArray(String[]::new));
	}

	private ChatModel ollama(ObservationRegistry observations) {
		return OllamaChatModel.builder()
			.ollamaApi(OllamaApi.builder().baseUrl(providers.url()).build())
			.observationRegistry(observations)
			.build();
	}

	@Test
	void modelsInAList() {
		LlmContext.feature("list")
			.run(() -> this.inList.stream()
				.filter((model) -> model != this.inMap.get("failing"))
				.forEach((model) -> model.call(PROMPT)));
		assertEvents("list " + Providers.CALL, "list " + Providers.CALL);
	}

	@Test
	void eachOverload() {
		LlmContext.feature("overload").run(() -> {
			this.byInterface.call("Hi");
			this.byInterface.call(new UserMessage("Hi"));
			this.byClass.call("Hi");
			this.byInterface.stream("Hi").blockLast();
			this.streaming.stream(new UserMessage("Hi")).blockLast();
			this.byClass.stream("Hi").blockLast();
		});
		assertEvents("overload " + Providers.CALL, "overload " + Providers.CALL, "overload " + Providers.CALL,
				"overload " + Providers.STREAM, "overload " + Providers.STREAM, "overload " + Providers.STREAM);
	}

	@Test
	void chatClients() {
		LlmContext.feature("client").run(() -> {
			for (ChatClient client : List.of(this.chatClient.build(), ChatClient.create(this.byInterface))) {
				client.prompt("Hi").call().content();
				client.prompt().user("Hi").call().chatResponse();
				client.prompt("Hi").stream().content().blockLast();
				client.prompt("Hi").stream().chatResponse().blockLast();
			}
		});
		assertEvents("client " + Providers.CALL, "client " + Providers.CALL, "client " + Providers.STREAM,
				"client " + Providers.STREAM, "client " + Providers.CALL, "client " + Providers.CALL,
				"client " + Providers.STREAM, "client " + Providers.STREAM);
	}

	@Test
	void eachSubscriptionToAStream() {
		Flux<?> stream = this.byInterface.stream(PROMPT);
		LlmContext.feature("repeated").run(() -> stream.repeat(1).blockLast());
		assertEvents("repeated " + Providers.STREAM, "repeated " + Providers.STREAM);
	}

	@Test
	void embeddings(@Autowired EmbeddingModel embeddingModel) {
		LlmContext.feature("embedding").run(() -> embeddingModel.embed("Hi"));
		assertEvents("embedding success 5/null");
	}

}
