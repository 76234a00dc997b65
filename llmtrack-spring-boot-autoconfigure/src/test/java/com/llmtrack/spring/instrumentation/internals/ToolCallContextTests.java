// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolCallContext}: that Spring AI still keeps the context there.
 */
class ToolCallContextTests {

	@Test
	void contextIsTheOneThatSpringAiKeeps() {
		ToolCallReactiveContextHolder.setContext(Context.of("key", "value"));
		try {
			assertThat(ToolCallContext.current().<String>get("key")).isEqualTo("value");
		}
		finally {
			ToolCallReactiveContextHolder.clearContext();
		}
	}

	@Test
	void contextIsEmptyOutsideOfATool() {
		assertThat(ToolCallContext.current().isEmpty()).isTrue();
	}

}
