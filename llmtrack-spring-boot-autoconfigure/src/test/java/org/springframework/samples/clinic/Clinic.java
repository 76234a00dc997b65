// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package org.springframework.samples.clinic;

import org.springframework.ai.chat.model.ChatModel;

/**
 * An application in a package that looks like one of Spring's.
 */
public class Clinic {

	private final ChatModel chatModel;

	public Clinic(ChatModel chatModel) {
		this.chatModel = chatModel;
	}

	public String diagnose() {
		return this.chatModel.call("Hi");
	}

}
