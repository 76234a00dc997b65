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

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.test.LlmUsageEvents;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test that does not ask for recording, with a key in its environment: the properties
 * in {@code config} see to it that nothing is sent.
 */
@SpringBootTest
class SwitchedOffTests extends AbstractServerTests {

	@Test
	void nothingIsSentAndNothingRecorded(@Autowired SupportChat supportChat,
			@Autowired ObjectProvider<LlmUsageEventSink> sink, @Autowired ObjectProvider<LlmUsageEvents> events) {
		assertThat(supportChat.answer("Hi")).isEqualTo("Hello");
		assertThat(sink).isEmpty();
		assertThat(events).isEmpty();
	}

}
