// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.instrumentation.customer.CustomerHeaderFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests when a WebFlux application has a filter of the starter.
 */
class CustomerHeaderConditionTests {

	private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class))
		.withPropertyValues("llmtrack.api-key=lt_test_0123456789abcdef");

	@Test
	void thereIsNoFilterWithoutNeed() {
		this.application.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebFilter.class));
		this.application.withPropertyValues("llmtrack.customer.from=principal")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebFilter.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "header:X-Tenant", "HEADER: X-Tenant", " header :X-Tenant" })
	void thereIsAFilterForAHeader(String source) {
		this.application.withPropertyValues("llmtrack.customer.from=" + source)
			.run((context) -> assertThat(context).hasSingleBean(CustomerHeaderFilter.class));
	}

	@Test
	void aheadOfTimeProcessingLeavesItToTheRun() {
		this.application.withSystemProperties(AbstractAotProcessor.AOT_PROCESSING + "=true")
			.run((context) -> assertThat(context).hasSingleBean(CustomerHeaderFilter.class));
	}

}
