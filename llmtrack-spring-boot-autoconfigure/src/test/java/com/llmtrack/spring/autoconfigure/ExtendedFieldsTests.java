// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;

import com.llmtrack.spring.LlmTokenAccounting;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code llmtrack.event.extended-fields}.
 */
class ExtendedFieldsTests {

	private static final List<String> EXTENDED_FIELDS = List.of("reasoning_tokens", "cached_input_tokens",
			"cache_write_tokens", "cache_accounting", "environment");

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
		.withPropertyValues("llmtrack.api-key=key", "llmtrack.base-url=" + servers.llmTrackUrl());

	@Test
	void areSent() {
		record(this.contextRunner);
		assertThat(servers.awaitEvent().propertyNames()).containsAll(EXTENDED_FIELDS);
	}

	@Test
	void areNotSentIfSwitchedOff() {
		record(this.contextRunner.withPropertyValues("llmtrack.event.extended-fields=false"));
		assertThat(servers.awaitEvent().propertyNames()).doesNotContainAnyElementsOf(EXTENDED_FIELDS);
	}

	private static void record(ApplicationContextRunner contextRunner) {
		contextRunner.run((context) -> context.getBean(LlmUsageEventSink.class)
			.record(LlmUsageEvent.builder()
				.environment("staging")
				.tokens(LlmTokenUsage.builder()
					.prompt(120L)
					.completion(80L)
					.total(200L)
					.cachedInput(100L)
					.cacheWrite(5L)
					.reasoning(64L)
					.accounting(LlmTokenAccounting.INCLUSIVE)
					.build())
				.build()));
	}

}
