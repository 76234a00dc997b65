// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;
import java.time.ZoneId;

import com.llmtrack.spring.LlmBudgetUnit;
import org.jspecify.annotations.Nullable;

/**
 * A budget as the application's properties describe it. The filters are names as events
 * have them, compared ignoring case, in which {@code *} stands for any characters; one
 * that is {@code null} matches everything.
 *
 * @param name the name
 * @param feature the features that count
 * @param customer the customers that count, by id
 * @param provider the providers that count
 * @param model the models that count, each with its dated versions
 * @param per what has an account of its own, or {@code null} for one account
 * @param period how long the limit is for
 * @param zone the time zone of the period
 * @param unit what is limited
 * @param limit the limit in each period
 * @param warnAt which part of the limit to warn at, between 0 and 1
 * @param refuse whether to refuse requests when the limit is reached
 */
public record BudgetSettings(String name, @Nullable String feature, @Nullable String customer,
		@Nullable String provider, @Nullable String model, @Nullable Owner per, BudgetPeriod period, ZoneId zone,
		LlmBudgetUnit unit, BigDecimal limit, double warnAt, boolean refuse) {

	/**
	 * What may have an account of its own.
	 */
	public enum Owner {

		/** Each customer; requests without one do not count. */
		CUSTOMER,

		/** Each feature; requests without one do not count. */
		FEATURE

	}

}
