// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;

import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventBuilder;
import com.llmtrack.spring.budget.BudgetSettings.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Builds the settings of budgets, and events to count in them.
 */
final class TestBudget {

	private final String name;

	private @Nullable String feature;

	private @Nullable String customer;

	private @Nullable String provider;

	private @Nullable String model;

	private @Nullable Owner per;

	private BudgetPeriod period = BudgetPeriod.MONTH;

	private ZoneId zone = ZoneOffset.UTC;

	private LlmBudgetUnit unit = LlmBudgetUnit.REQUESTS;

	private BigDecimal limit = BigDecimal.TEN;

	private boolean refuse;

	private TestBudget(String name) {
		this.name = name;
	}

	static TestBudget named(String name) {
		return new TestBudget(name);
	}

	TestBudget feature(String feature) {
		this.feature = feature;
		return this;
	}

	TestBudget customer(String customer) {
		this.customer = customer;
		return this;
	}

	TestBudget provider(String provider) {
		this.provider = provider;
		return this;
	}

	TestBudget model(String model) {
		this.model = model;
		return this;
	}

	TestBudget per(Owner per) {
		this.per = per;
		return this;
	}

	TestBudget period(BudgetPeriod period, String zone) {
		this.period = period;
		this.zone = ZoneId.of(zone);
		return this;
	}

	TestBudget dollars(String limit) {
		this.unit = LlmBudgetUnit.USD;
		this.limit = new BigDecimal(limit);
		return this;
	}

	TestBudget tokens(long limit) {
		this.unit = LlmBudgetUnit.TOKENS;
		this.limit = BigDecimal.valueOf(limit);
		return this;
	}

	TestBudget requests(long limit) {
		this.unit = LlmBudgetUnit.REQUESTS;
		this.limit = BigDecimal.valueOf(limit);
		return this;
	}

	TestBudget refuse() {
		this.refuse = true;
		return this;
	}

	BudgetSettings settings() {
		return new BudgetSettings(this.name, this.feature, this.customer, this.provider, this.model, this.per,
				this.period, this.zone, this.unit, this.limit, 0.8, this.refuse);
	}

	/**
	 * Return an event of 100 tokens without a cost.
	 */
	static LlmUsageEventBuilder event() {
		return LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-2024-08-06")
			.tokens(LlmTokenUsage.of(60L, 40L, 100L))
			.feature("chat")
			.customer(LlmCustomer.of("acme"));
	}

	static LlmUsageEvent costing(String dollars) {
		return event().cost(new BigDecimal(dollars)).build();
	}

}
