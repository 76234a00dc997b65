// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.time.InstantSource;

import com.llmtrack.spring.LlmUsageEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link DeliveryLog} logs about single events.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeliveryLogEventTests {

	private static final LlmUsageEvent EVENT = LlmUsageEvent.builder()
		.provider("groq")
		.model("llama")
		.feature("support-chat")
		.build();

	private long now;

	private final DeliveryHistory history = new DeliveryHistory(InstantSource.system());

	private final DeliveryLog log = new DeliveryLog(() -> this.now, this.history, true);

	@Test
	void rejectionIsReportedOncePerProblemAndNotForEver(CapturedOutput output) {
		for (int i = 0; i < 2000; i++) {
			this.log.rejected("HTTP 400, field: " + i);
			this.log.rejected("HTTP 400, field: " + i);
		}
		assertThat(occurrences(output, "rejected an event")).isEqualTo(1000);
	}

	@Test
	void poisonousEventIsReportedOncePerMinute(CapturedOutput output) {
		for (int i = 0; i < 61; i++) {
			this.log.poisonous(EVENT, "HTTP 500");
			this.now += Duration.ofSeconds(1).toNanos();
		}
		assertThat(occurrences(output, "again and again (HTTP 500)")).isEqualTo(2);
		assertThat(output).contains("WARN", "model=llama");
	}

	@Test
	void unknownModelIsReportedOncePerProviderAndModel(CapturedOutput output) {
		this.log.modelUnknown(EVENT);
		this.log.modelUnknown(EVENT);
		this.log.modelUnknown(EVENT.toBuilder().model("other").build());
		this.log.modelUnknown(EVENT.toBuilder().provider("other").build());
		assertThat(occurrences(output, "no price for groq/llama,")).isOne();
		assertThat(occurrences(output, "no price for groq/other,")).isOne();
		assertThat(occurrences(output, "no price for other/llama,")).isOne();
		assertThat(output).contains("llmtrack.model-aliases", "llmtrack.provider-aliases");
	}

	@Test
	void hiddenEventIsReportedOncePerReasonWithWhatWasSent(CapturedOutput output) {
		this.log.hidden(EVENT, "visibility_reason: source_mismatch");
		this.log.hidden(EVENT.toBuilder().feature("other").build(), "visibility_reason: source_mismatch");
		assertThat(occurrences(output, "does not show it in the dashboard")).isOne();
		assertThat(output).contains("source_mismatch", "provider=groq", "model=llama", "metadata.feature=support-chat",
				"llmtrack.model-aliases");
	}

	private static int occurrences(CapturedOutput output, String text) {
		return AbstractEventDispatcherTests.occurrences(output, text);
	}

}
