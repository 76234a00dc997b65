// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the feature of each round of a call with tools, and of requests that the tools
 * make.
 */
class FeatureToolTests extends AbstractFeatureTests {

	@Autowired
	private AnnotatedClients.Asking asking;

	@Autowired
	private AnnotatedClients.Tools tools;

	@Autowired
	private AnnotatedClients.AnnotatedTools annotatedTools;

	@Autowired
	private AnnotatedClients.ToolsWithoutFeature toolsWithoutFeature;

	/**
	 * Let the model ask for a tool, answer what the tool asks, and then answer itself.
	 */
	private static void callAnswers(String tool) {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall(tool, "{}", 100, 10), innerAnswer(tool),
					OpenAiAnswers.text("Outer", 200, 20));
	}

	private static void streamAnswers(String tool) {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream(tool, "{}", 100, 10), innerAnswer(tool),
					OpenAiAnswers.textStream("Outer", 200, 20));
	}

	private static ResponseDefinitionBuilder innerAnswer(String tool) {
		return (tool.endsWith("Streaming") || tool.endsWith("Advised") || tool.endsWith("Scoped"))
				? OpenAiAnswers.textStream("Inner", 7, 1) : OpenAiAnswers.text("Inner", 7, 1);
	}

	@Test
	void everyRoundOfACallBelongsToTheFeature() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall("weather", "{}", 1, 1), OpenAiAnswers.toolCall("weather", "{}", 1, 1),
					OpenAiAnswers.text("Rain", 1, 1));
		assertThat(this.asking.call(this.tools)).isEqualTo("Rain");
		assertFeatures("tools", "tools", "tools");
	}

	@Test
	void everyRoundOfAStreamBelongsToTheFeature() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("weather", "{}", 1, 1),
					OpenAiAnswers.toolCallStream("weather", "{}", 1, 1), OpenAiAnswers.textStream("Rain", 1, 1));
		assertThat(this.asking.stream(this.tools).collectList().block()).contains("Rain");
		assertFeatures("tools", "tools", "tools");
	}

	@Test
	void everyRoundOfAStreamBehindAnotherThreadBelongsToTheFeature() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCallStream("weather", "{}", 1, 1),
					OpenAiAnswers.toolCallStream("weather", "{}", 1, 1), OpenAiAnswers.textStream("Rain", 1, 1));
		assertThat(this.asking.streamWithMemory(this.tools).collectList().block()).contains("Rain");
		assertFeatures("tools", "tools", "tools");
	}

	@Test
	void everyRoundBelongsToTheFeatureOfTheAdvisorParameter() {
		servers.openAi()
			.answers(OpenAiAnswers.toolCall("weather", "{}", 1, 1), OpenAiAnswers.text("Rain", 1, 1),
					OpenAiAnswers.toolCallStream("weather", "{}", 1, 1), OpenAiAnswers.textStream("Rain", 1, 1));
		parameterized().call().content();
		parameterized().stream().content().blockLast();
		assertFeatures("parameter", "parameter", "parameter", "parameter");
	}

	private ChatClient.ChatClientRequestSpec parameterized() {
		return this.questions.client.prompt("Hi")
			.tools(this.tools)
			.advisors((advisors) -> advisors.param(LlmContext.FEATURE_PARAM, "parameter"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "askModel", "askRawModel", "askClient", "askStreaming", "askAdvised" })
	void whatAToolAsksDuringACallBelongsToTheFeature(String tool) {
		callAnswers(tool);
		assertThat(this.asking.call(this.tools)).isEqualTo("Outer");
		assertFeatures("tools", "tools", "tools");
	}

	@ParameterizedTest
	@ValueSource(strings = { "askModel", "askRawModel", "askClient", "askStreaming", "askAdvised" })
	void whatAToolAsksDuringAStreamBelongsToTheFeature(String tool) {
		streamAnswers(tool);
		assertThat(this.asking.stream(this.tools).collectList().block()).contains("Outer");
		assertFeatures("tools", "tools", "tools");
	}

	@ParameterizedTest
	@ValueSource(strings = { "askModel", "askStreaming" })
	void whatAToolAsksBelongsToTheFeatureOfTheAdvisorParameter(String tool) {
		callAnswers(tool);
		assertThat(parameterized().call().content()).isEqualTo("Outer");
		assertFeatures("parameter", "parameter", "parameter");
		reset();
		streamAnswers(tool);
		assertThat(parameterized().stream().content().collectList().block()).contains("Outer");
		assertFeatures("parameter", "parameter", "parameter");
	}

	@ParameterizedTest
	@ValueSource(strings = { "askModel", "askStreaming" })
	void featureOfTheToolWinsWithinIt(String tool) {
		callAnswers(tool);
		assertThat(this.asking.call(this.annotatedTools)).isEqualTo("Outer");
		assertFeatures("tools", "tool", "tools");
		reset();
		streamAnswers(tool);
		assertThat(this.asking.stream(this.annotatedTools).collectList().block()).contains("Outer");
		assertFeatures("tools", "tool", "tools");
	}

	@Test
	void scopeWithinAToolWins() {
		callAnswers("askScoped");
		this.asking.call(this.tools);
		assertFeatures("tools", "scope", "tools");
		reset();
		streamAnswers("askScoped");
		this.asking.streamWithMemory(this.tools).blockLast();
		assertFeatures("tools", "scope", "tools");
	}

	@ParameterizedTest
	@ValueSource(strings = { "askModel", "askRawModel", "askAdvised" })
	void scopeWithoutFeatureWinsWithinATool(String tool) {
		callAnswers(tool);
		assertThat(this.asking.call(this.toolsWithoutFeature)).isEqualTo("Outer");
		assertFeatures("tools", NONE, "tools");
		reset();
		streamAnswers(tool);
		assertThat(this.asking.stream(this.toolsWithoutFeature).collectList().block()).contains("Outer");
		assertFeatures("tools", NONE, "tools");
	}

	@Test
	void requestsWithToolsButWithoutFeatureHaveNone() {
		for (String tool : List.of("askModel", "askStreaming")) {
			reset();
			streamAnswers(tool);
			this.questions.client.prompt("Hi").tools(this.tools).stream().content().blockLast();
			assertFeatures(NONE, NONE, NONE);
		}
	}

}
