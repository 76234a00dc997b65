// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.List;

import com.llmtrack.spring.LlmTokenUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestRounds}.
 */
class RequestRoundsTests {

	private static ModelAnswer answer(int prompt, int completion) {
		return ModelAnswer.countsOf(new ChatResponse(List.of(),
				ChatResponseMetadata.builder().usage(new DefaultUsage(prompt, completion)).build()));
	}

	private static @Nullable LlmTokenUsage next(RequestRounds rounds, int prompt, int completion) {
		rounds.begin();
		return rounds.end(answer(prompt, completion));
	}

	private static LlmTokenUsage tokens(long prompt, long completion) {
		return LlmTokenUsage.of(prompt, completion, prompt + completion);
	}

	@Test
	void sumsAreSplit() {
		RequestRounds rounds = RequestRounds.first(true);
		assertThat(rounds.end(answer(100, 10))).isEqualTo(tokens(100, 10));
		assertThat(next(rounds, 300, 30)).isEqualTo(tokens(200, 20));
		assertThat(next(rounds, 600, 60)).isEqualTo(tokens(300, 30));
	}

	@Test
	void usageOfEachRequestIsTakenAsItIs() {
		RequestRounds rounds = RequestRounds.first(false);
		assertThat(rounds.end(answer(100, 10))).isEqualTo(tokens(100, 10));
		assertThat(next(rounds, 50, 5)).isEqualTo(tokens(50, 5));
		assertThat(next(rounds, 200, 20)).isEqualTo(tokens(200, 20));
	}

	@Test
	void requestWithoutUsageIsUnknownAndChangesNoOther() {
		RequestRounds rounds = RequestRounds.first(true);
		assertThat(rounds.end(answer(0, 0))).isEqualTo(LlmTokenUsage.UNKNOWN);
		assertThat(next(rounds, 100, 10)).isEqualTo(tokens(100, 10));
		assertThat(next(rounds, 100, 10)).isEqualTo(LlmTokenUsage.UNKNOWN);
		assertThat(next(rounds, 0, 0)).isEqualTo(LlmTokenUsage.UNKNOWN);
		assertThat(next(rounds, 300, 30)).isEqualTo(tokens(200, 20));
	}

	@Test
	void sumThatDoesNotIncludeEarlierRequestsIsUnknown() {
		RequestRounds rounds = RequestRounds.first(true);
		rounds.end(answer(100, 10));
		assertThat(next(rounds, 200, 5)).isEqualTo(LlmTokenUsage.UNKNOWN);
	}

	@Test
	void requestEndsOnce() {
		RequestRounds rounds = RequestRounds.first(true);
		assertThat(rounds.isInFlight()).isTrue();
		assertThat(rounds.isLater()).isFalse();
		rounds.end(answer(100, 10));
		assertThat(rounds.end(answer(300, 30))).isNull();
		assertThat(rounds.isInFlight()).isFalse();
		assertThat(next(rounds, 300, 30)).isEqualTo(tokens(200, 20));
		assertThat(rounds.isLater()).isTrue();
	}

	@Test
	void requestThatIsSeenAsCallOfItsOwnFollowsTheOthers() {
		RequestRounds first = RequestRounds.first(true);
		first.end(answer(100, 10));
		RequestRounds second = first.next();
		assertThat(second.end(answer(300, 30))).isEqualTo(tokens(200, 20));
		assertThat(second.next().end(answer(600, 60))).isEqualTo(tokens(300, 30));
	}

}
