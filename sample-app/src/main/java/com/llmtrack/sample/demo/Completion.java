// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One answer of {@link OpenAiStandIn}'s model, with a plausible number of tokens: about
 * one for four characters, and some for each message. If there is a tool, the model calls
 * it before it answers.
 */
final class Completion {

	private static final int CHARACTERS_PER_TOKEN = 4;

	private static final int TOKENS_PER_MESSAGE = 4;

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private final String id = "chatcmpl-" + UUID.randomUUID();

	private final long created = Instant.now().getEpochSecond();

	private final JsonMapper json;

	private final String model;

	private final int promptTokens;

	private final String text;

	private final @Nullable ObjectNode toolCall;

	Completion(JsonNode request, JsonMapper json) {
		this.json = json;
		this.model = request.path("model").asString() + "-2024-07-18";
		String prompt = "";
		String role = "";
		int tokens = 3;
		for (JsonNode message : request.path("messages")) {
			prompt = message.path("content").asString("");
			role = message.path("role").asString("");
			tokens += TOKENS_PER_MESSAGE + prompt.length() / CHARACTERS_PER_TOKEN;
		}
		this.promptTokens = tokens;
		boolean toolHasAnswered = role.equals("tool");
		JsonNode tool = request.path("tools").path(0).path("function");
		this.toolCall = (tool.isObject() && !toolHasAnswered) ? toolCall(tool, prompt) : null;
		this.text = toolHasAnswered ? "The application's tool says: " + prompt
				: "This is what a model could say about \"" + prompt
						+ "\", were there one behind this stand-in. It comes word by word, as from a real one.";
	}

	/**
	 * Call a tool, with the number in the prompt as each of its arguments.
	 */
	private ObjectNode toolCall(JsonNode tool, String prompt) {
		Matcher number = NUMBER.matcher(prompt);
		String argument = number.find() ? number.group() : "4711";
		ObjectNode arguments = this.json.createObjectNode();
		tool.path("parameters").path("properties").propertyNames().forEach((name) -> arguments.put(name, argument));
		ObjectNode call = this.json.createObjectNode();
		call.put("index", 0).put("id", "call_" + UUID.randomUUID()).put("type", "function");
		call.putObject("function")
			.put("name", tool.path("name").asString())
			.put("arguments", this.json.writeValueAsString(arguments));
		return call;
	}

	/**
	 * Return the answer to a blocking request.
	 */
	ObjectNode whole() {
		ObjectNode completion = envelope("chat.completion");
		ObjectNode choice = completion.putArray("choices").addObject();
		choice.put("index", 0).put("finish_reason", finishReason());
		write(choice.putObject("message"), this.text);
		return completion.set("usage", usage());
	}

	/**
	 * Return the answer to a streaming request: a chunk per word, one that ends the
	 * answer, and perhaps the usage.
	 */
	List<ObjectNode> chunks(boolean includeUsage) {
		List<ObjectNode> chunks = new ArrayList<>();
		for (String word : (this.toolCall != null) ? new String[] { "" } : this.text.split("(?<= )")) {
			chunks.add(chunk(word, null));
		}
		chunks.add(chunk("", finishReason()));
		if (includeUsage) {
			ObjectNode last = envelope("chat.completion.chunk");
			last.putArray("choices");
			chunks.add(last.set("usage", usage()));
		}
		return chunks;
	}

	private ObjectNode chunk(String word, @Nullable String finishReason) {
		ObjectNode chunk = envelope("chat.completion.chunk");
		ObjectNode choice = chunk.putArray("choices").addObject();
		choice.put("index", 0).put("finish_reason", finishReason);
		ObjectNode delta = choice.putObject("delta");
		if (finishReason == null) {
			write(delta, word);
		}
		return chunk;
	}

	private void write(ObjectNode message, String content) {
		message.put("role", "assistant").put("content", content);
		if (this.toolCall != null) {
			message.putNull("content").putArray("tool_calls").add(this.toolCall);
		}
	}

	private String finishReason() {
		return (this.toolCall != null) ? "tool_calls" : "stop";
	}

	private ObjectNode envelope(String type) {
		return this.json.createObjectNode()
			.put("id", this.id)
			.put("object", type)
			.put("created", this.created)
			.put("model", this.model);
	}

	private ObjectNode usage() {
		int characters = (this.toolCall != null) ? this.toolCall.toString().length() : this.text.length();
		int completionTokens = Math.max(1, characters / CHARACTERS_PER_TOKEN);
		return this.json.createObjectNode()
			.put("prompt_tokens", this.promptTokens)
			.put("completion_tokens", completionTokens)
			.put("total_tokens", this.promptTokens + completionTokens);
	}

}
