/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.example.shop;

import com.llmtrack.spring.LlmFeature;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Service;

/**
 * What the application uses a model for.
 */
@Service
public class SupportChat {

	private final ChatClient chatClient;

	SupportChat(ChatClient.Builder builder) {
		this.chatClient = builder.build();
	}

	@LlmFeature("support-chat")
	public String answer(String question) {
		return this.chatClient.prompt(question).call().content();
	}

	@LlmFeature("story")
	public Flux<String> tell(String subject) {
		return this.chatClient.prompt(subject).stream().content();
	}

	public String anonymous() {
		return this.chatClient.prompt("Hi").call().content();
	}

}
