// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.LlmTrackConnectionDetails;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
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
 * An application that has a sink and connection details of its own, and a key that
 * LLMtrack would complain about.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(properties = "llmtrack.api-key=sk-of-a-provider")
@AutoConfigureLlmTrack
class OwnSinkTests {

	@Test
	void eventsAreRecordedAndGivenToTheSink(@Autowired SupportChat supportChat, @Autowired LlmUsageEvents events,
			@Autowired OwnSink sink) {
		supportChat.answer("Hi");
		assertThat(events).hasSize(1);
		assertThat(sink.recorded).last().isEqualTo(events.all().get(0));
	}

	@Test
	void nothingIsDelivered(@Autowired EventDispatcher dispatcher) {
		assertThat(dispatcher.getState()).isEqualTo(DeliveryState.OFF);
	}

	@Test
	void applicationInjectsItsOwnSink(@Autowired LlmUsageEventSink sink) {
		assertThat(sink).isInstanceOf(OwnSink.class);
	}

	@Test
	void logDoesNotSayThatTrackingIsOff(CapturedOutput output) {
		assertThat(output).contains("Started OwnSinkTests").doesNotContain("LLMtrack is off", "not to LLMtrack");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class SinkConfiguration {

		@Bean
		OwnSink ownSink() {
			return new OwnSink();
		}

		@Bean
		LlmTrackConnectionDetails connectionDetails() {
			return new LlmTrackConnectionDetails() {

				@Override
				public URI getBaseUrl() {
					throw new AssertionError("Connected");
				}

				@Override
				public String getApiKey() {
					throw new AssertionError("Connected");
				}

			};
		}

	}

	static final class OwnSink implements LlmUsageEventSink {

		private final List<LlmUsageEvent> recorded = new CopyOnWriteArrayList<>();

		@Override
		public void record(LlmUsageEvent event) {
			this.recorded.add(event);
		}

	}

}
