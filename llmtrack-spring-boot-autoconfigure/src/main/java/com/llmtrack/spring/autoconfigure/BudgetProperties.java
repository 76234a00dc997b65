// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.budget.BudgetPeriod;
import com.llmtrack.spring.budget.BudgetSettings;
import com.llmtrack.spring.budget.BudgetSettings.Owner;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * One budget.
 *
 * @param feature Feature of the requests that count. An asterisk stands for any
 * characters, as in the other filters.
 * @param customer Id of the customer whose requests count.
 * @param provider Provider whose requests count.
 * @param model Model whose requests count, with its dated versions.
 * @param per What has an account of its own. If not set, there is one account for all.
 * @param period How long the limit is for.
 * @param zone Time zone of the period. If not set, llmtrack.budgets.zone.
 * @param limit Limit in US dollars, such as 50 USD.
 * @param tokens Limit in tokens.
 * @param requests Limit in requests.
 * @param warnAt Share of the limit to warn at.
 * @param then What to do when the limit is reached.
 */
record BudgetProperties(@Nullable String feature, @Nullable String customer, @Nullable String provider,
		@Nullable String model, @Nullable Owner per, @DefaultValue("month") BudgetPeriod period, @Nullable ZoneId zone,
		@Nullable String limit, @Nullable Long tokens, @Nullable Long requests, @DefaultValue("80%") String warnAt,
		@DefaultValue("warn") Reaction then) {

	/** A value where a budget should be, as the settings of all budgets have. */
	private static final BudgetProperties VALUE = new BudgetProperties(null, null, null, null, null, BudgetPeriod.MONTH,
			null, null, null, null, "", Reaction.WARN);

	private static final Pattern MONEY = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)\\s*USD",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");

	private static final int MAX_LENGTH = 200;

	/**
	 * Take a value that is bound to the map of budgets, where the settings of all budgets
	 * are, too. Public, as conversion looks for it.
	 * @param text the value
	 */
	public static BudgetProperties valueOf(String text) {
		return VALUE;
	}

	/**
	 * Return whether this is a value rather than a budget.
	 */
	boolean isValue() {
		return this == VALUE;
	}

	/**
	 * Check a budget.
	 * @param property the name of the property that it is bound to, without the prefix
	 */
	void check(String property) {
		checkFilter(property + ".feature", this.feature);
		checkFilter(property + ".customer", this.customer);
		checkFilter(property + ".provider", this.provider);
		checkFilter(property + ".model", this.model);
		checkLimits(property);
		PropertyChecks.check(warnShare() != null, property + ".warn-at", this.warnAt,
				"Must be a percentage above 0% and up to 100%, such as 80%.");
	}

	private static void checkFilter(String property, @Nullable String filter) {
		PropertyChecks.check(filter == null || (!filter.isBlank() && filter.strip().length() <= MAX_LENGTH), property,
				filter, "Must have between 1 and " + MAX_LENGTH + " characters. An asterisk stands for any.");
	}

	private void checkLimits(String property) {
		boolean money = StringUtils.hasText(this.limit);
		long limits = Stream.of(money, this.tokens != null, this.requests != null).filter((set) -> set).count();
		PropertyChecks.check(limits > 0, property + ".limit", this.limit,
				"Must be set, or one of " + names(property, "tokens", "requests") + ".");
		PropertyChecks.check(limits == 1, property + ((this.requests != null) ? ".requests" : ".tokens"),
				(this.requests != null) ? this.requests : this.tokens,
				"Only one of " + names(property, "limit", "tokens", "requests") + " may be set.");
		PropertyChecks.check(!money || amount() != null, property + ".limit", this.limit,
				"Must be an amount in US dollars of 0 or more, such as 50 USD or 0.5 USD. Other limits are "
						+ names(property, "tokens", "requests") + ".");
		checkCount(property + ".tokens", this.tokens);
		checkCount(property + ".requests", this.requests);
	}

	private static String names(String property, String... names) {
		return String.join(" and ", Stream.of(names).map((name) -> "llmtrack." + property + "." + name).toList());
	}

	private static void checkCount(String property, @Nullable Long count) {
		PropertyChecks.check(count == null || count >= 0, property, count, "Must be 0 or more.");
	}

	private @Nullable BigDecimal amount() {
		Matcher amount = MONEY.matcher((this.limit != null) ? this.limit.strip() : "");
		return amount.matches() ? new BigDecimal(amount.group(1)) : null;
	}

	private @Nullable Double warnShare() {
		Matcher percentage = PERCENTAGE.matcher(this.warnAt.strip());
		double share = percentage.matches() ? Double.parseDouble(percentage.group(1)) / 100 : 0;
		return (share > 0 && share <= 1) ? share : null;
	}

	/**
	 * Return the settings of this budget, which is valid.
	 * @param name its name
	 * @param defaultZone the time zone if it has none
	 */
	BudgetSettings settings(String name, ZoneId defaultZone) {
		Double warnShare = warnShare();
		return new BudgetSettings(name, strip(this.feature), strip(this.customer), strip(this.provider),
				strip(this.model), this.per, this.period, (this.zone != null) ? this.zone : defaultZone, unit(),
				limitInUnit(), (warnShare != null) ? warnShare : 1, this.then == Reaction.REFUSE);
	}

	private static @Nullable String strip(@Nullable String filter) {
		return (filter != null) ? filter.strip() : null;
	}

	private LlmBudgetUnit unit() {
		if (this.tokens != null) {
			return LlmBudgetUnit.TOKENS;
		}
		return (this.requests != null) ? LlmBudgetUnit.REQUESTS : LlmBudgetUnit.USD;
	}

	private BigDecimal limitInUnit() {
		if (this.tokens != null) {
			return BigDecimal.valueOf(this.tokens);
		}
		BigDecimal amount = (this.requests != null) ? BigDecimal.valueOf(this.requests) : amount();
		return (amount != null) ? amount : BigDecimal.ZERO;
	}

	/**
	 * What to do when the limit is reached.
	 */
	enum Reaction {

		/** Tell of it. Requests go on. */
		WARN,

		/** Tell of it, and refuse further requests until the period ends. */
		REFUSE

	}

}
