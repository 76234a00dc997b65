// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.Account.Level;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of an application: counts what each request used when it ends, tells when
 * that reaches a limit, and says which requests a budget refuses. A request that runs
 * when the limit is reached is not interrupted.
 * <p>
 * Safe for any thread. Only {@link #refusal} may wait, for a fresh amount from the store
 * and within a bound, and never on a thread that must not. What is recorded after
 * {@link #close()} is lost to the store.
 */
public final class Budgets implements AutoCloseable {

	private static final Budgets NONE = new Budgets(List.of(), new Costs(null, false), null, (event) -> {
	}, Duration.ZERO, Clock.systemUTC(), System::nanoTime);

	private final List<Budget> budgets;

	private final List<Budget> refusing;

	private final boolean inMoney;

	private final Costs costs;

	private final @Nullable StoredAccounts stored;

	private final Notices notices;

	private final InstantSource clock;

	/**
	 * Create budgets.
	 * @param settings the budgets
	 * @param costs what events cost
	 * @param store keeps accounts beyond this process, or {@code null} to keep them in
	 * memory only
	 * @param publisher publishes application events; may take its time
	 * @param patience how long a request waits at most for a fresh amount
	 * @param clock tells the time
	 * @param nanoTime tells the time, in nanoseconds since any point
	 */
	Budgets(List<BudgetSettings> settings, Costs costs, @Nullable AccountStore store, Consumer<Object> publisher,
			Duration patience, InstantSource clock, LongSupplier nanoTime) {
		this.clock = clock;
		this.costs = costs;
		this.budgets = settings.stream()
			.sorted(Comparator.comparing(BudgetSettings::name))
			.map((budget) -> new Budget(budget, clock.millis()))
			.toList();
		this.refusing = this.budgets.stream().filter((budget) -> budget.settings().refuse()).toList();
		this.inMoney = this.budgets.stream().anyMatch((budget) -> budget.isOf(LlmBudgetUnit.USD));
		this.notices = new Notices(publisher);
		this.stored = (store != null) ? new StoredAccounts(store, patience, this::notice, clock, nanoTime) : null;
	}

	/**
	 * Return no budgets.
	 */
	public static Budgets none() {
		return NONE;
	}

	/**
	 * Create budgets.
	 * @param settings the budgets
	 * @param estimates estimates the cost of events that have none, or {@code null}
	 * @param answered whether LLMtrack gets the events, so that it may say what they cost
	 * @param store keeps accounts beyond this process, or {@code null} to keep them in
	 * memory only
	 * @param patience how long a request waits at most for a fresh amount
	 * @param publisher publishes application events; may take its time
	 */
	public static Budgets create(List<BudgetSettings> settings, @Nullable CostEstimates estimates, boolean answered,
			@Nullable AccountStore store, Duration patience, Consumer<Object> publisher) {
		return new Budgets(settings, new Costs(estimates, answered), store, publisher, patience, Clock.systemUTC(),
				System::nanoTime);
	}

	/**
	 * Return whether there are no budgets, so that events need not be recorded.
	 */
	public boolean isEmpty() {
		return this.budgets.isEmpty();
	}

	/**
	 * Return whether a budget may refuse a request, so that it has to be asked.
	 */
	public boolean mayRefuse() {
		return !this.refusing.isEmpty();
	}

	/**
	 * Use the store from now on, as the application is ready. May be called again.
	 */
	public void open() {
		StoredAccounts stored = this.stored;
		if (stored != null) {
			long now = this.clock.millis();
			this.budgets.forEach((budget) -> {
				Account account = budget.onlyAccount(now);
				if (account != null) {
					stored.queue(account);
				}
			});
			stored.open();
		}
	}

	/**
	 * Count an event in the accounts of all budgets that it matches.
	 */
	public void record(LlmUsageEvent event) {
		long now = this.clock.millis();
		if (this.inMoney) {
			this.costs.whenReady(() -> record(event, now));
		}
		else {
			record(event, now);
		}
	}

	private void record(LlmUsageEvent event, long now) {
		long cost = this.inMoney ? this.costs.of(event) : 0;
		for (Budget budget : this.budgets) {
			Account account = budget.account(event, now);
			if (account != null) {
				add(account, switch (budget.settings().unit()) {
					case USD -> cost;
					case TOKENS -> tokens(event.tokens());
					case REQUESTS -> 1;
				});
			}
		}
	}

	private static long tokens(LlmTokenUsage tokens) {
		Long total = tokens.total();
		return (total != null) ? total : orZero(tokens.prompt()) + orZero(tokens.completion());
	}

	private static long orZero(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

	/**
	 * Correct what was counted for an event by what LLMtrack says it cost. Periods that
	 * have ended stay as they are.
	 * @param event the event
	 * @param cost the cost in US dollars, or {@code null} if LLMtrack doesn't know it
	 * @param age the time since the event was recorded
	 */
	public void correct(LlmUsageEvent event, @Nullable BigDecimal cost, Duration age) {
		if (this.inMoney) {
			long now = this.clock.millis();
			this.costs.whenReady(() -> correct(event, cost, now - age.toMillis(), now));
		}
	}

	private void correct(LlmUsageEvent event, @Nullable BigDecimal cost, long recordedAt, long now) {
		long correction = this.costs.correction(event, cost);
		for (Budget budget : this.budgets) {
			if (correction != 0 && budget.isOf(LlmBudgetUnit.USD) && budget.isCurrent(recordedAt, now)) {
				Account account = budget.account(event, now);
				if (account != null) {
					add(account, correction);
				}
			}
		}
	}

	private void add(Account account, long amount) {
		if (amount != 0) {
			account.add(amount);
			if (this.stored != null) {
				this.stored.queue(account);
			}
			notice(account);
		}
	}

	/**
	 * Tell if an account has reached a level.
	 */
	private void notice(Account account) {
		Level level = account.notice();
		if (level != Level.NONE) {
			Budget budget = account.budget();
			Runnable notice = () -> this.notices.tell(level, budget.describe(account), budget.settings().refuse());
			if (this.stored != null) {
				this.stored.tellOnce(level, account, notice);
			}
			else {
				notice.run();
			}
		}
	}

	/**
	 * Return why a request must not be made, or {@code null} if it may be.
	 * @param provider the provider as events name it
	 * @param model the requested model, if known
	 * @param feature the feature, if there is one
	 * @param customer the id of the customer, if there is one
	 */
	public @Nullable LlmBudgetExceededException refusal(String provider, @Nullable String model,
			@Nullable String feature, @Nullable String customer) {
		long now = this.clock.millis();
		List<Account> accounts = new ArrayList<>(this.refusing.size());
		for (Budget budget : this.refusing) {
			Account account = budget.account(provider, model, feature, customer, now);
			if (account != null) {
				accounts.add(account);
			}
		}
		if (this.stored != null) {
			this.stored.refresh(accounts);
		}
		for (Account account : accounts) {
			Budget budget = account.budget();
			if (budget.isExhausted(account)) {
				// It may be exhausted without any request
				notice(account);
				budget.refused();
				return new LlmBudgetExceededException(budget.describe(account));
			}
		}
		return null;
	}

	/**
	 * Return all budgets, in the order of their names.
	 */
	public List<BudgetStatus> status() {
		long now = this.clock.millis();
		return this.budgets.stream().map((budget) -> status(budget, now)).toList();
	}

	/**
	 * Return a budget, or {@code null} if there is none of that name.
	 */
	public @Nullable BudgetStatus status(String name) {
		for (Budget budget : this.budgets) {
			if (budget.settings().name().equals(name)) {
				return status(budget, this.clock.millis());
			}
		}
		return null;
	}

	/**
	 * Where others spend, too, have the next answer be a fresh one.
	 */
	private BudgetStatus status(Budget budget, long now) {
		Account account = (this.stored != null) ? budget.onlyAccount(now) : null;
		if (account != null && this.stored != null) {
			this.stored.queueUnlessFresh(account);
		}
		return budget.status(now);
	}

	/**
	 * Hand over to the store what it does not have yet, within two seconds, since what it
	 * depends on is about to end.
	 */
	public void flush() {
		if (this.stored != null) {
			this.stored.flush();
		}
	}

	@Override
	public void close() {
		if (this.stored != null) {
			this.stored.close();
		}
		this.notices.close();
	}

}
