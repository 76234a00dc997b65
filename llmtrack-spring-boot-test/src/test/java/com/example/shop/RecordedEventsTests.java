// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.LlmUsageRecorder;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.test.AutoConfigureLlmTrack;
import com.llmtrack.spring.test.LlmUsageEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has a key and a server to send to, and tracking switched off by
 * {@code config/application.properties}.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest
@AutoConfigureLlmTrack
class RecordedEventsTests extends AbstractServerTests {

	@Autowired
	private SupportChat supportChat;

	@Autowired
	private LlmUsageEvents events;

	@BeforeEach
	void recordBeforeTheTest() {
		this.supportChat.anonymous();
	}

	@RepeatedTest(2)
	void eventsOfEarlierTestsAreForgottenButNotThoseOfTheSetUp() {
		this.supportChat.answer("Hi");
		assertThat(this.events).hasSize(2);
	}

	@Test
	void nothingIsSent(@Autowired EventDispatcher dispatcher) {
		assertThat(this.events).hasSize(1);
		assertThat(dispatcher.getState()).isEqualTo(DeliveryState.OFF);
		assertNothingArrived();
	}

	@Test
	void requestsThatAreRecordedByHandAreAmongThem(@Autowired LlmUsageRecorder usageRecorder) {
		usageRecorder.ended("openai", "gpt-4o-mini").tokens(19, 10).feature("import").record();
		assertThat(this.events).forFeature("import").forProvider("openai").hasSize(1).hasTotalTokensAtMost(29);
		assertThat(this.events.toString()).contains("import: openai gpt-4o-mini, 19 + 10 = 29 tokens, ? ms, SUCCESS");
		assertNothingArrived();
	}

	@Test
	void sinkIsTheRecorder(@Autowired LlmUsageEventSink sink) {
		assertThat(sink).isSameAs(this.events);
	}

	@Test
	void logDoesNotSayThatTrackingIsOff(CapturedOutput output) {
		assertThat(output).contains("Started RecordedEventsTests", "LLMtrack instruments 1 model bean")
			.doesNotContain("LLMtrack is off");
	}

	@Nested
	class NestedTests {

		@Autowired
		private LlmUsageEvents nestedEvents;

		@Test
		void nestedTestsRecordToo() {
			assertThat(this.nestedEvents).hasSize(1);
			assertNothingArrived();
		}

	}

}
