// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;

/**
 * A provider that is asked over HTTP, and what it answers.
 */
enum Provider {

	/** Sends its usage after the chunk with the tool call. */
	OPENAI("/v1/chat/completions", "openai", "text/event-stream") {

		@Override
		String answer(String message, boolean tool, String usage) {
			return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o-mini\","
					+ "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",%s},\"finish_reason\":\"%s\"}]%s}"
						.formatted(message, finish(tool), (usage != null) ? ",\"usage\":" + usage : "");
		}

		@Override
		String stream(String message, boolean tool, String usage) {
			return chunk(
					"[{\"index\":0,\"delta\":{\"role\":\"assistant\",%s},\"finish_reason\":null}]".formatted(message),
					"null")
					+ chunk("[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]".formatted(finish(tool)), "null")
					+ ((usage != null) ? chunk("[]", usage) : "") + "data: [DONE]\n\n";
		}

		private String finish(boolean tool) {
			return tool ? "tool_calls" : "stop";
		}

		private String chunk(String choices, String usage) {
			return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o-mini\","
					+ "\"choices\":%s,\"usage\":%s}\n\n".formatted(choices, usage);
		}

		@Override
		String text(String text) {
			return "\"content\":\"" + text + "\"";
		}

		@Override
		String toolCalls(String... tools) {
			return "\"content\":null,\"tool_calls\":[" + joined(tools,
					(i) -> ("{\"index\":%d,\"id\":\"call-%d\","
							+ "\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"{}\"}}")
						.formatted(i, i, tools[i]))
					+ "]";
		}

		@Override
		String usage(int prompt, int completion) {
			return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}".formatted(prompt, completion,
					prompt + completion);
		}

	},

	/** Counts the prompt when a stream begins. */
	ANTHROPIC("/v1/messages", "anthropic", "text/event-stream") {

		@Override
		String answer(String message, boolean tool, String usage) {
			return "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5\","
					+ "\"stop_sequence\":null,\"content\":[%s],\"stop_reason\":\"%s\"%s}".formatted(message,
							finish(tool), (usage != null) ? ",\"usage\":" + usage : "");
		}

		@Override
		String stream(String message, boolean tool, String usage) {
			String started = (usage != null) ? usage.replaceAll("\"output_tokens\":\\d+", "\"output_tokens\":1") : "{}";
			String block = tool ? message.replaceAll("\"input\":\\{}", "\"input\":{}")
					: "{\"type\":\"text\",\"text\":\"\"}";
			String delta = tool ? "{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}"
					: message.replace("\"type\":\"text\"", "\"type\":\"text_delta\"");
			return event("message_start",
					"\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5\","
							+ "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":%s}"
								.formatted(started))
					+ event("content_block_start", "\"index\":0,\"content_block\":" + block)
					+ event("content_block_delta", "\"index\":0,\"delta\":" + delta)
					+ event("content_block_stop", "\"index\":0")
					+ event("message_delta",
							"\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":%s".formatted(
									finish(tool),
									(usage != null) ? usage.replaceAll("\"input_tokens\":\\d+,", "") : "{}"))
					+ event("message_stop", "\"index\":0");
		}

		private String finish(boolean tool) {
			return tool ? "tool_use" : "end_turn";
		}

		private String event(String type, String fields) {
			return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
		}

		@Override
		String text(String text) {
			return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
		}

		@Override
		String toolCalls(String... tools) {
			return joined(tools, (i) -> "{\"type\":\"tool_use\",\"id\":\"tool-%d\",\"name\":\"%s\",\"input\":{}}"
				.formatted(i, tools[i]));
		}

		@Override
		String usage(int prompt, int completion) {
			return "{\"input_tokens\":%d,\"output_tokens\":%d}".formatted(prompt, completion);
		}

	},

	/** Sends the tool call in its last chunk. */
	OLLAMA("/api/chat", "ollama", "application/x-ndjson") {

		@Override
		String answer(String message, boolean tool, String usage) {
			return "{\"model\":\"llama3\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\",%s},"
				.formatted(message)
					+ "\"done_reason\":\"stop\",\"done\":true%s}\n".formatted((usage != null) ? "," + usage : "");
		}

		@Override
		String stream(String message, boolean tool, String usage) {
			return "{\"model\":\"llama3\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\",%s},\"done\":false}\n"
				.formatted(message) + answer("\"content\":\"\"", tool, usage);
		}

		@Override
		String text(String text) {
			return "\"content\":\"" + text + "\"";
		}

		@Override
		String toolCalls(String... tools) {
			return "\"content\":\"\",\"tool_calls\":["
					+ joined(tools, (i) -> "{\"function\":{\"name\":\"%s\",\"arguments\":{}}}".formatted(tools[i]))
					+ "]";
		}

		@Override
		String usage(int prompt, int completion) {
			return "\"prompt_eval_count\":%d,\"eval_count\":%d".formatted(prompt, completion);
		}

	};

	private final String path;

	private final String id;

	private final String streamType;

	Provider(String path, String id, String streamType) {
		this.path = path;
		this.id = id;
		this.streamType = streamType;
	}

	private static String joined(String[] tools, IntFunction<String> call) {
		return IntStream.range(0, tools.length).mapToObj(call).collect(Collectors.joining(","));
	}

	String id() {
		return this.id;
	}

	String beanName() {
		return switch (this) {
			case OPENAI -> "openAiChatModel";
			case ANTHROPIC -> "anthropicChatModel";
			case OLLAMA -> "ollamaChatModel";
		};
	}

	/**
	 * Give answers one after the other.
	 */
	void answers(WireMockServer server, Answer... answers) {
		answersAt(server, this.path, answers);
	}

	void answersAt(WireMockServer server, String path, Answer... answers) {
		answers(server, path, "", answers);
	}

	/**
	 * Give answers to requests with a certain text.
	 */
	void answersTo(WireMockServer server, String text, Answer... answers) {
		answers(server, this.path, text, answers);
	}

	private void answers(WireMockServer server, String path, String text, Answer... answers) {
		for (int turn = 0; turn < answers.length; turn++) {
			MappingBuilder mapping = WireMock.post(WireMock.urlEqualTo(path))
				.withRequestBody(WireMock.containing(text))
				.inScenario(path + text)
				.whenScenarioStateIs((turn == 0) ? Scenario.STARTED : "turn " + turn)
				.willSetStateTo("turn " + (turn + 1));
			server.stubFor(mapping.willReturn(response(answers[turn])));
		}
	}

	private ResponseDefinitionBuilder response(Answer answer) {
		if (answer.status() != 200) {
			return WireMock.jsonResponse("{\"error\":\"no\"}", answer.status());
		}
		if ("".equals(answer.text())) {
			return WireMock.aResponse().withHeader("Content-Type", this.streamType);
		}
		String message = (answer.text() != null) ? text(answer.text()) : toolCalls(answer.tools());
		String usage = (answer.prompt() > 0) ? usage(answer.prompt(), answer.completion()) : null;
		boolean tool = answer.text() == null;
		return answer.streamed() ? WireMock.aResponse()
			.withHeader("Content-Type", this.streamType)
			.withBody(stream(message, tool, usage)) : WireMock.okJson(answer(message, tool, usage));
	}

	int requests(WireMockServer server) {
		return server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(this.path))).size();
	}

	abstract String answer(String message, boolean tool, String usage);

	abstract String stream(String message, boolean tool, String usage);

	abstract String text(String text);

	abstract String toolCalls(String... tools);

	abstract String usage(int prompt, int completion);

	/**
	 * One answer.
	 *
	 * @param text the text, or {@code null} if tools are to be called
	 * @param tools the names of these tools
	 * @param prompt tokens of the prompt, or 0 to tell no usage
	 */
	record Answer(String text, String[] tools, int prompt, int completion, boolean streamed, int status) {

		static Answer text(String text, int prompt, int completion) {
			return new Answer(text, new String[0], prompt, completion, false, 200);
		}

		static Answer tools(int prompt, int completion, String... tools) {
			return new Answer(null, tools, prompt, completion, false, 200);
		}

		static Answer failure(int status) {
			return new Answer("", new String[0], 0, 0, false, status);
		}

		static Answer empty() {
			return text("", 0, 0);
		}

		Answer stream() {
			return new Answer(this.text, this.tools, this.prompt, this.completion, true, this.status);
		}

	}

}
