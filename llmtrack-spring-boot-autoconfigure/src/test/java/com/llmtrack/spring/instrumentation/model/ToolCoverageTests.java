// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.Tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each round of tool calls gives one event with the tokens of that round.
 */
class ToolCoverageTests extends AbstractChatClientTests {

	private static final String WEATHER = "{\"city\":\"Oslo\"}";

	private static final String QUESTION = "{\"question\":\"Why?\"}";

	private final List<String> toolResults = new ArrayList<>();

	@Test
	void eachRoundOfABlockingCallGivesOneEvent() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall("weather", WEATHER, 100, 10),
					OpenAiAnswers.toolCall("weather", WEATHER, 200, 20), OpenAiAnswers.text("Rain", 300, 30));
		ChatResponse response = toolPrompt().call().chatResponse();
		assertThat(response).isNotNull();
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(660);
		assertEvents("success 100/10/110", "success 200/20/220", "success 300/30/330");
	}

	@Test
	void eachRoundOfAStreamGivesOneEvent() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("weather", WEATHER, 100, 10),
					OpenAiAnswers.toolCallStream("weather", WEATHER, 200, 20),
					OpenAiAnswers.textStream("Rain", 300, 30));
		assertThat(toolPrompt().stream().content().collectList().block()).contains("Rain");
		assertEvents("success 100/10/110", "success 200/20/220", "success 300/30/330");
	}

	@Test
	void roundsOfAStreamThatIsCancelledGiveOneEventEach() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("weather", WEATHER, 100, 10),
					OpenAiAnswers
						.stream(OpenAiAnswers.chunk("Ra"), OpenAiAnswers.chunk("in"), OpenAiAnswers.chunk("!"),
								OpenAiAnswers.usageChunk(200, 20), OpenAiAnswers.DONE)
						.withChunkedDribbleDelay(4, 2000));
		assertThat(toolPrompt().stream().content().filter("Ra"::equals).take(1).blockLast()).isEqualTo("Ra");
		assertEvents("success 100/10/110", "cancelled ?");
	}

	@Test
	void roundThatFailsGivesOneEvent() {
		servers.openAi().answers(OpenAiAnswers.toolCall("weather", WEATHER, 100, 10), OpenAiAnswers.failure(400));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> toolPrompt().call().content());
		assertEvents("success 100/10/110", "error ?");
	}

	@Test
	void toolThatAnswersDirectlyAddsNoEvent() {
		servers.openAi().answers(OpenAiAnswers.toolCall("answerDirectly", "{}", 100, 10));
		assertThat(toolPrompt().call().content()).contains("direct");
		assertEvents("success 100/10/110");
	}

	@Test
	void toolThatAnswersDirectlyAddsNoEventToAStream() {
		servers.openAi().answers(OpenAiAnswers.toolCallStream("answerDirectly", "{}", 100, 10));
		assertThat(toolPrompt().stream().content().collectList().block()).isNotEmpty();
		assertEvents("success 100/10/110");
	}

	@Test
	void toolThatThrowsChangesNoEvent() {
		servers.openAi().answers(OpenAiAnswers.toolCall("fail", "{}", 100, 10), OpenAiAnswers.text("Sorry", 200, 20));
		assertThat(toolPrompt().call().content()).isEqualTo("Sorry");
		assertEvents("success 100/10/110", "success 200/20/220");
	}

	@Test
	void toolThatThrowsChangesNoEventOfAStream() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("fail", "{}", 100, 10), OpenAiAnswers.textStream("Sorry", 200, 20));
		assertThat(toolPrompt().stream().content().collectList().block()).contains("Sorry");
		assertEvents("success 100/10/110", "success 200/20/220");
	}

	@Test
	void toolThatEndsTheCallAddsNoEvent() {
		servers.openAi().answers(OpenAiAnswers.toolCall("giveUp", "{}", 100, 10));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> toolPrompt().call().content());
		assertEvents("success 100/10/110");
	}

	@Test
	void toolThatEndsTheStreamAddsNoEvent() {
		servers.openAi().answers(OpenAiAnswers.toolCallStream("giveUp", "{}", 100, 10));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> toolPrompt().stream().content().blockLast());
		assertEvents("success 100/10/110");
	}

	@Test
	void modelThatAToolCallsGivesAnEventOfItsOwn() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall("askModel", QUESTION, 100, 10), OpenAiAnswers.text("Inner", 7, 1),
					OpenAiAnswers.text("Outer", 200, 20));
		assertThat(toolPrompt().call().content()).isEqualTo("Outer");
		assertThat(this.toolResults).containsExactly("Inner");
		assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@Test
	void modelThatAToolCallsInAStreamGivesAnEventOfItsOwn() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("askModel", QUESTION, 100, 10), OpenAiAnswers.text("Inner", 7, 1),
					OpenAiAnswers.textStream("Outer", 200, 20));
		assertThat(toolPrompt().stream().content().collectList().block()).contains("Outer");
		assertThat(this.toolResults).containsExactly("Inner");
		assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@Test
	void clientThatAToolStreamsFromGivesAnEventOfItsOwn() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall("askStreaming", QUESTION, 100, 10), OpenAiAnswers.textStream("Inner", 7, 1),
					OpenAiAnswers.text("Outer", 200, 20));
		assertThat(toolPrompt().call().content()).isEqualTo("Outer");
		assertThat(this.toolResults).containsExactly("Inner");
		assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@Test
	void clientThatAToolStreamsFromInAStreamGivesAnEventOfItsOwn() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("askStreaming", QUESTION, 100, 10),
					OpenAiAnswers.textStream("Inner", 7, 1), OpenAiAnswers.textStream("Outer", 200, 20));
		assertThat(toolPrompt().stream().content().collectList().block()).contains("Outer");
		assertThat(this.toolResults).containsExactly("Inner");
		assertEvents("success 100/10/110", "success 7/1/8", "success 200/20/220");
	}

	@Test
	void clientWithToolsInsideOfAToolGivesAnEventPerRound() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("askWithTools", QUESTION, 100, 10),
					OpenAiAnswers.toolCall("weather", WEATHER, 7, 1), OpenAiAnswers.text("Inner", 8, 1),
					OpenAiAnswers.textStream("Outer", 200, 20));
		assertThat(toolPrompt().stream().content().collectList().block()).contains("Outer");
		assertEvents("success 100/10/110", "success 7/1/8", "success 8/1/9", "success 200/20/220");
	}

	@Test
	void modelThatMayCallToolsGivesOneEventPerCall() {
		servers.openAi().answers(OpenAiAnswers.toolCall("weather", WEATHER, 100, 10));
		OpenAiChatOptions options = OpenAiChatOptions.builder()
			.model("gpt-4o-mini")
			.toolCallbacks(ToolCallbacks.from(new Tools(this.chatClient, this.chatModel, this.toolResults)))
			.build();
		assertThat(this.chatModel.call(new Prompt("Hi", options)).hasToolCalls()).isTrue();
		assertEvents("success 100/10/110");
	}

	private ChatClient.ChatClientRequestSpec toolPrompt() {
		return this.chatClient.prompt("Hi").tools(new Tools(this.chatClient, this.chatModel, this.toolResults));
	}

	static class Tools {

		private final ChatClient chatClient;

		private final ChatModel chatModel;

		private final List<String> results;

		Tools(ChatClient chatClient, ChatModel chatModel, List<String> results) {
			this.chatClient = chatClient;
			this.chatModel = chatModel;
			this.results = results;
		}

		@Tool
		String weather(String city) {
			return "Rain in " + city;
		}

		@Tool(returnDirect = true)
		String answerDirectly() {
			return "direct";
		}

		@Tool
		String fail() {
			throw new IllegalStateException("The model is told of this");
		}

		@Tool
		String giveUp() throws InterruptedException {
			throw new InterruptedException("The model is not told of this");
		}

		@Tool
		String askModel(String question) {
			return result(this.chatModel.call(question));
		}

		@Tool
		String askStreaming(String question) {
			return result(String.join("", this.chatClient.prompt(question).stream().content().toIterable()));
		}

		@Tool
		String askWithTools(String question) {
			return result(this.chatClient.prompt(question).tools(this).call().content());
		}

		private String result(String result) {
			this.results.add(result);
			return result;
		}

	}

}
