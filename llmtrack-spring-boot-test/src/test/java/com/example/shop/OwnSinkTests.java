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
import com.llmtrack.spring.test.AutoConfigureLlmTrack;
import com.llmtrack.spring.test.LlmUsageEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that sends events elsewhere by a sink of its own, and has a key that
 * LLMtrack would complain about.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(properties = "llmtrack.api-key=sk-of-a-provider")
@AutoConfigureLlmTrack
class OwnSinkTests {

	@Test
	void eventsAreRecordedInsteadOfGivenToTheSink(@Autowired SupportChat supportChat,
			@Autowired LlmUsageEvents events) {
		supportChat.answer("Hi");
		assertThat(events).hasSize(1);
	}

	@Test
	void logDoesNotSayThatTrackingIsOff(CapturedOutput output) {
		assertThat(output).contains("Started OwnSinkTests").doesNotContain("LLMtrack is off");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class SinkConfiguration {

		@Bean
		LlmUsageEventSink ownSink() {
			return (event) -> {
				throw new AssertionError("Sent: " + event);
			};
		}

	}

}
