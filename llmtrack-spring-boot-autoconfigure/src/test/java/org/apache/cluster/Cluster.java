// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package org.apache.cluster;

import org.springframework.ai.chat.model.ChatModel;

/**
 * An application in a package that looks like a library's.
 */
public class Cluster {

	private final ChatModel chatModel;

	public Cluster(ChatModel chatModel) {
		this.chatModel = chatModel;
	}

	public String elect() {
		return this.chatModel.call("Hi");
	}

}
