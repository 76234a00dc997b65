// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmFeature;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.stereotype.Service;

/**
 * A model that is injected by its interface, and a feature for all methods but one.
 */
@Service
@LlmFeature("translation")
class Translations {

	private final ChatModel chatModel;

	private final Titles titles;

	Translations(ChatModel chatModel, Titles titles) {
		this.chatModel = chatModel;
		this.titles = titles;
	}

	String translate(String text) {
		return this.chatModel.call("Translate: " + text);
	}

	@LlmFeature("proofreading")
	String proofread(String text) {
		return this.chatModel.call("Proofread: " + text);
	}

	/**
	 * Translate a text under a new title, which is a request of another feature.
	 */
	String publish(String text) {
		return this.titles.title(text) + ": " + translate(text);
	}

}
