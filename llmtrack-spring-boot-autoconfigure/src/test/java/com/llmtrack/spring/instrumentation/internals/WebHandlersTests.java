// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import org.springframework.web.servlet.HandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebHandlers}: that the names have not changed.
 */
class WebHandlersTests {

	@Test
	void namesAreThoseOfSpringAndMicrometer() {
		assertThat(WebHandlers.MVC_HANDLER).isEqualTo(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
		assertThat(WebHandlers.WEBFLUX_HANDLER)
			.isEqualTo(org.springframework.web.reactive.HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
		assertThat(WebHandlers.OBSERVATION).isEqualTo(ObservationThreadLocalAccessor.KEY);
	}

	@Test
	void thereIsNoneOutsideOfRequests() {
		assertThat(WebHandlers.current(Context.empty())).isNull();
	}

}
