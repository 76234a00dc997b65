// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The answers that a server was told to give. Safe for use by any thread.
 */
final class ServerAnswers {

	private static final Map<String, Supplier<LlmTrackAnswer>> BY_STATUS = Map.of("200", LlmTrackAnswer::ok, "201",
			LlmTrackAnswer::created, "400", LlmTrackAnswer::invalidPayload, "401", LlmTrackAnswer::invalidKey, "402",
			LlmTrackAnswer::planLimitReached, "500", LlmTrackAnswer::failure);

	private final Queue<LlmTrackAnswer> next = new ConcurrentLinkedQueue<>();

	private volatile LlmTrackAnswer standing = LlmTrackAnswer.created();

	void always(LlmTrackAnswer answer) {
		this.standing = answer;
	}

	/**
	 * Change the standing answer by its status.
	 * @return the answer to the request for that change
	 */
	LlmTrackAnswer always(String status) {
		Supplier<LlmTrackAnswer> answer = BY_STATUS.get(status);
		if (answer == null) {
			return LlmTrackAnswer.error(400, "Choose one of 200, 201, 400, 401, 402, 500");
		}
		always(answer.get());
		return LlmTrackAnswer.text("From now on the answer is " + status + System.lineSeparator());
	}

	void next(List<LlmTrackAnswer> answers) {
		this.next.addAll(answers);
	}

	LlmTrackAnswer take() {
		@Nullable LlmTrackAnswer answer = this.next.poll();
		return (answer != null) ? answer : this.standing;
	}

	void reset() {
		this.next.clear();
		this.standing = LlmTrackAnswer.created();
	}

}
