// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

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
