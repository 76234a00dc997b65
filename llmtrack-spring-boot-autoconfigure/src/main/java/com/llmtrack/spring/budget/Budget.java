// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.LongAdder;

import com.llmtrack.spring.LlmBudgetAccount;
import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.Account.Level;
import com.llmtrack.spring.budget.BudgetPeriod.Interval;
import com.llmtrack.spring.budget.BudgetSettings.Owner;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One budget: which requests count in it, and its accounts in the present period. Those
 * of an earlier period are forgotten with the first use in the next one. Safe for any
 * thread; never waits.
 */
final class Budget {

	private static final int MAX_ACCOUNTS = 100_000;

	private static final int MAX_SHOWN = 10;

	private static final Log logger = LogFactory.getLog(Budget.class);

	private final BudgetSettings settings;

	private final @Nullable NameFilter features;

	private final @Nullable NameFilter customers;

	private final @Nullable NameFilter providers;

	private final @Nullable NameFilter models;

	private final int maxAccounts;

	private final long limit;

	private final long warnAt;

	private final LongAdder refused = new LongAdder();

	private volatile AccountPeriod period;

	private volatile boolean full;

	/**
	 * Create a budget.
	 * @param settings what the properties say
	 * @param now the time, in milliseconds since 1970
	 */
	Budget(BudgetSettings settings, long now) {
		this(settings, now, MAX_ACCOUNTS);
	}

	Budget(BudgetSettings settings, long now, int maxAccounts) {
		this.settings = settings;
		this.features = NameFilter.of(settings.feature());
		this.customers = NameFilter.of(settings.customer());
		this.providers = NameFilter.of(settings.provider());
		this.models = NameFilter.ofModel(settings.model());
		this.maxAccounts = maxAccounts;
		this.limit = Amounts.of(settings.unit(), settings.limit());
		this.warnAt = Amounts.of(settings.unit(), settings.limit().multiply(BigDecimal.valueOf(settings.warnAt())));
		this.period = period(now);
	}

	BudgetSettings settings() {
		return this.settings;
	}

	boolean isOf(LlmBudgetUnit unit) {
		return this.settings.unit() == unit;
	}

	/**
	 * Return the account that an event counts in, or {@code null} if it counts in none.
	 * @param event the event
	 * @param now the time, in milliseconds since 1970
	 */
	@Nullable Account account(LlmUsageEvent event, long now) {
		LlmCustomer customer = event.customer();
		return account(event.provider(), event.model(), event.feature(), (customer != null) ? customer.id() : null,
				now);
	}

	/**
	 * Return the account that a request counts in, or {@code null} if it counts in none.
	 */
	@Nullable Account account(String provider, @Nullable String model, @Nullable String feature, @Nullable String customer,
			long now) {
		boolean counts = NameFilter.matches(this.features, feature) && NameFilter.matches(this.customers, customer)
				&& NameFilter.matches(this.providers, provider) && NameFilter.matches(this.models, model);
		if (!counts) {
			return null;
		}
		Owner per = this.settings.per();
		if (per == null) {
			return accountOf(null, now);
		}
		String owner = (per == Owner.CUSTOMER) ? customer : feature;
		return (owner != null) ? accountOf(owner, now) : null;
	}

	private @Nullable Account accountOf(@Nullable String owner, long now) {
		Account account = current(now).account(owner, this.maxAccounts);
		if (account == null && !this.full) {
			this.full = true;
			logger.warn("Budget '" + this.settings.name() + "' has " + this.maxAccounts
					+ " accounts. Requests of others do not count in it until its period ends.");
		}
		return account;
	}

	/**
	 * Return the only account in the present period, or {@code null} if each owner has
	 * one.
	 */
	@Nullable Account onlyAccount(long now) {
		return (this.settings.per() == null) ? accountOf(null, now) : null;
	}

	/**
	 * Return whether a time is in the present period, and not in an earlier one.
	 */
	boolean isCurrent(long time, long now) {
		return current(now).hasBegun(time);
	}

	private AccountPeriod current(long now) {
		AccountPeriod period = this.period;
		return period.isOver(now) ? next(now) : period;
	}

	private synchronized AccountPeriod next(long now) {
		if (this.period.isOver(now)) {
			this.period = period(now);
			this.full = false;
		}
		return this.period;
	}

	private AccountPeriod period(long now) {
		return new AccountPeriod(this,
				this.settings.period().containing(Instant.ofEpochMilli(now), this.settings.zone()));
	}

	Level level(long spent) {
		if (spent >= this.limit) {
			return Level.EXCEEDED;
		}
		return (spent >= this.warnAt) ? Level.WARNING : Level.NONE;
	}

	boolean isExhausted(Account account) {
		return account.spent() >= this.limit;
	}

	void refused() {
		this.refused.increment();
	}

	/**
	 * Describe an account of this budget.
	 */
	LlmBudgetAccount describe(Account account) {
		AccountKey key = account.key();
		ZoneId zone = this.settings.zone();
		return describe(key.owner(), account.spent(), new Interval(key.start().atZone(zone), key.end().atZone(zone)));
	}

	private LlmBudgetAccount describe(@Nullable String owner, long spent, Interval interval) {
		return new LlmBudgetAccount(this.settings.name(), owner, this.settings.unit(), this.settings.limit(),
				Amounts.value(this.settings.unit(), spent), interval.start(), interval.end());
	}

	BudgetStatus status(long now) {
		AccountPeriod period = current(now);
		List<LlmBudgetAccount> fullest = fullest(period.accounts()).stream()
			.map((amount) -> describe(amount.owner(), amount.spent(), period.interval()))
			.toList();
		LlmBudgetAccount first = fullest.isEmpty() ? describe(null, 0, period.interval()) : fullest.get(0);
		return new BudgetStatus(this.settings, first, period.accounts().size(), fullest, this.refused.sum());
	}

	/**
	 * Return the accounts of which most was spent, without sorting all of them.
	 */
	private static List<Spent> fullest(Collection<Account> accounts) {
		PriorityQueue<Spent> fullest = new PriorityQueue<>(Comparator.comparingLong(Spent::spent));
		for (Account account : accounts) {
			fullest.add(new Spent(account.key().owner(), account.spent()));
			if (fullest.size() > MAX_SHOWN) {
				fullest.remove();
			}
		}
		return fullest.stream().sorted(Comparator.comparingLong(Spent::spent).reversed()).toList();
	}

	private record Spent(@Nullable String owner, long spent) {
	}

}
