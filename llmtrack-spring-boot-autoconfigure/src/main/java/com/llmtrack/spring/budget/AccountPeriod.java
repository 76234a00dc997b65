// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.budget.BudgetPeriod.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a budget in one of its periods. Bounded, as a customer may be anybody.
 */
final class AccountPeriod {

	/** The owner of the only account, as a map has no {@code null}. */
	private static final String ALL = "";

	private static final Duration TOLERANCE = Duration.ofMinutes(5);

	private final Budget budget;

	private final Interval interval;

	private final long startMillis;

	private final long endMillis;

	private final Map<String, Account> accounts = new ConcurrentHashMap<>();

	AccountPeriod(Budget budget, Interval interval) {
		this.budget = budget;
		this.interval = interval;
		this.startMillis = interval.start().toInstant().toEpochMilli();
		this.endMillis = interval.end().toInstant().toEpochMilli();
	}

	Interval interval() {
		return this.interval;
	}

	/**
	 * Return whether this is not the present period any more. It goes on if the clock is
	 * set back a little.
	 */
	boolean isOver(long now) {
		return now >= this.endMillis || now < this.startMillis - TOLERANCE.toMillis();
	}

	boolean hasBegun(long time) {
		return time >= this.startMillis;
	}

	/**
	 * Return the account of an owner, or {@code null} if there are too many.
	 * @param owner the owner, or {@code null} for all
	 */
	@Nullable Account account(@Nullable String owner, int maxAccounts) {
		String name = (owner != null) ? owner : ALL;
		Account account = this.accounts.get(name);
		if (account != null || this.accounts.size() >= maxAccounts) {
			return account;
		}
		return this.accounts.computeIfAbsent(name,
				(key) -> new Account(this.budget,
						new AccountKey(this.budget.settings().name(), this.budget.settings().unit(), owner,
								this.interval.start().toInstant(), this.interval.end().toInstant())));
	}

	Collection<Account> accounts() {
		return this.accounts.values();
	}

}
