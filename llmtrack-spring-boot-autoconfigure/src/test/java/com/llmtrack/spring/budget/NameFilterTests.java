// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NameFilter}.
 */
class NameFilterTests {

	@Test
	void noFilterMatchesEverything() {
		assertThat(NameFilter.matches(NameFilter.of(null), null)).isTrue();
		assertThat(NameFilter.matches(NameFilter.ofModel(null), "gpt-4o")).isTrue();
	}

	@Test
	void filterDoesNotMatchMissingName() {
		assertThat(NameFilter.matches(NameFilter.of("*"), null)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "support-chat, Support-Chat, true", "support-chat, support-chat-2, false",
			"support-*, support-chat, true", "support-*, support-, true", "support-*, my-support-chat, false",
			"*chat*, support-chat-2, true", "a.c, abc, false", "a.*, a.b, true", "a.*, ab, false" })
	void nameMatches(String filter, String name, boolean matches) {
		assertThat(NameFilter.matches(NameFilter.of(filter), name)).isEqualTo(matches);
	}

	@ParameterizedTest
	@CsvSource({ "gpt-4o, gpt-4o-2024-08-06, true", "gpt-4o, gpt-4o-mini, false",
			"gpt-4o, gpt-4o-mini-2024-07-18, false", "gpt-4, gpt-4-0613, true", "gpt-4, gpt-4.1, false",
			"claude-sonnet-4, claude-sonnet-4-20250514, true", "claude-sonnet-4, claude-sonnet-4-5, false",
			"claude-sonnet-4, claude-sonnet-4-5-20250929, false",
			"anthropic.claude-sonnet-4, anthropic.claude-sonnet-4-20250514-v1:0, true",
			"gemini-2.0-flash, gemini-2.0-flash-001, true", "claude-haiku-4-5, claude-haiku-4-5@20251001, true",
			"claude-3-5-haiku, claude-3-5-haiku-latest, true", "GPT-4o, gpt-4o-2024-08-06, true",
			"gpt-4o-2024-08-06, gpt-4o, false", "gpt-*, gpt-5-nano, true", "*, anything, true" })
	void datedVersionsOfModelMatch(String filter, String name, boolean matches) {
		assertThat(NameFilter.matches(NameFilter.ofModel(filter), name)).isEqualTo(matches);
	}

}
