// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.llmtrack.spring.LlmBudgetAccount;
import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.instrumentation.call.RequestGate;
import org.jspecify.annotations.Nullable;

/**
 * A gate that refuses what a test says, and remembers what it was asked.
 */
final class TestGate implements RequestGate {

	final LlmBudgetExceededException refusal = new LlmBudgetExceededException(
			new LlmBudgetAccount("all", null, LlmBudgetUnit.REQUESTS, BigDecimal.ZERO, BigDecimal.ZERO,
					ZonedDateTime.of(2026, 12, 1, 0, 0, 0, 0, ZoneOffset.UTC),
					ZonedDateTime.of(2027, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)));

	final List<Question> questions = new CopyOnWriteArrayList<>();

	private volatile Predicate<Question> refused = (question) -> true;

	@Override
	public @Nullable RuntimeException refusal(String provider, @Nullable String model, @Nullable String feature,
			@Nullable String customer) {
		Question question = new Question(provider, model, feature, customer);
		this.questions.add(question);
		return this.refused.test(question) ? this.refusal : null;
	}

	void refuse(Predicate<Question> refused) {
		this.refused = refused;
	}

	/**
	 * Refuse all requests but the first ones.
	 */
	void refuseAfter(int requests) {
		refuse((question) -> this.questions.size() > requests);
	}

	record Question(String provider, @Nullable String model, @Nullable String feature, @Nullable String customer) {
	}

}
