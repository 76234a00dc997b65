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

import java.util.List;

import com.llmtrack.spring.test.AutoConfigureLlmTrack;
import com.llmtrack.spring.test.LlmUsageEvents;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test without Spring Boot's, and a model of the test's own.
 */
@SpringJUnitConfig
@AutoConfigureLlmTrack
class PlainSpringTests {

	@Test
	void eventIsRecorded(@Autowired ChatModel model, @Autowired LlmUsageEvents events) {
		assertThat(model.call("Hi")).isEqualTo("Hello");
		assertThat(events).hasSize(1).allSucceeded();
	}

	@Configuration(proxyBeanMethods = false)
	static class ModelConfiguration {

		@Bean
		ChatModel chatModel() {
			return new ChatModel() {

				@Override
				public ChatResponse call(Prompt prompt) {
					return new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
				}

			};
		}

	}

}
