// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import com.llmtrack.spring.budget.Account.Level;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of this process in a store. Additions are handed over by a daemon thread a
 * moment later, many at once; a process that is killed before that takes them with it. A
 * store that fails is left alone for a while: meanwhile accounts have what it last said
 * and what this process adds, which is handed over afterwards.
 * <p>
 * Safe for any thread. Only {@link #refresh}, {@link #flush} and {@link #close} wait,
 * each within a bound.
 */
final class StoredAccounts {

	private static final Duration PAUSE = Duration.ofSeconds(10);

	private static final Duration END_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration DEFAULT_DELAY = Duration.ofSeconds(1);

	private static final int MIN_IDLE_FACTOR = 10;

	private final AccountQueue queue = new AccountQueue();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final AtomicBoolean awaited = new AtomicBoolean();

	private final AtomicLong ids = new AtomicLong();

	private final StoreThread thread = new StoreThread();

	private final AccountStore store;

	private final Duration patience;

	private final Consumer<Account> listener;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final StoreLog log;

	private final StorePause failure;

	private final StorePause slowness;

	private final @Nullable Long maxAge;

	private final long delay;

	private volatile boolean open;

	/**
	 * Create stored accounts, without using the store yet.
	 * @param store keeps them
	 * @param patience how long a request waits at most
	 * @param listener told on the store's thread that the store has said what is in an
	 * account
	 * @param clock tells the time
	 * @param nanoTime tells the time, in nanoseconds since any point
	 */
	StoredAccounts(AccountStore store, Duration patience, Consumer<Account> listener, InstantSource clock,
			LongSupplier nanoTime) {
		this.store = store;
		this.patience = patience;
		this.listener = listener;
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.log = new StoreLog(store.description(), nanoTime);
		this.failure = new StorePause(PAUSE, nanoTime);
		this.slowness = new StorePause(PAUSE, nanoTime);
		Duration freshness = store.freshness();
		this.maxAge = (freshness != null) ? freshness.toNanos() : null;
		this.delay = ((freshness != null) ? freshness.dividedBy(5) : DEFAULT_DELAY).toNanos();
	}

	/**
	 * Use the store from now on.
	 */
	void open() {
		this.open = true;
		schedule(0);
	}

	/**
	 * Hand over soon what was added to an account, or read it if nothing was.
	 */
	void queue(Account account) {
		if (this.queue.add(account)) {
			schedule(this.delay);
		}
	}

	/**
	 * Have an account read soon, unless its amount is fresh.
	 */
	void queueUnlessFresh(Account account) {
		if (!isFresh(account)) {
			queue(account);
		}
	}

	private boolean isFresh(Account account) {
		return account.isFresh(this.nanoTime.getAsLong(), this.maxAge);
	}

	private void schedule(long delay) {
		if (this.open && this.scheduled.compareAndSet(false, true)) {
			this.thread.run(this::exchangeScheduled, Math.max(delay, this.failure.remaining()));
		}
	}

	private void exchangeScheduled() {
		this.scheduled.set(false);
		long begin = this.nanoTime.getAsLong();
		exchange();
		if (!this.queue.isEmpty()) {
			// With many accounts, the store is not busy all the time
			schedule(Math.max(this.delay, MIN_IDLE_FACTOR * (this.nanoTime.getAsLong() - begin)));
		}
	}

	/**
	 * Hand over what was added to accounts, and learn what is in them: those first that a
	 * request waits for.
	 */
	private void exchange() {
		Collection<Account> accounts = this.queue.take();
		try {
			if (!accounts.isEmpty() && !this.failure.isOn()) {
				exchange(accounts);
			}
		}
		catch (Throwable ex) {
			this.failure.begin();
			this.log.failed(ex);
		}
		accounts.forEach(this::afterExchange);
	}

	private void exchange(Collection<Account> accounts) {
		List<Addition> additions = accounts.stream().map((account) -> account.send(this.ids::incrementAndGet)).toList();
		Map<AccountKey, Long> amounts = this.store.add(additions);
		this.log.succeeded();
		for (Account account : accounts) {
			account.sent(amounts.getOrDefault(account.key(), 0L), this.nanoTime.getAsLong());
			this.listener.accept(account);
		}
	}

	/**
	 * Queue an account again that has more to hand over, unless the store has forgotten
	 * it by now.
	 */
	private void afterExchange(Account account) {
		account.asked();
		if (!account.isUnsent()) {
			return;
		}
		if (account.key().expiresAt().isBefore(this.clock.instant())) {
			this.log.lost(1);
		}
		else {
			this.queue.add(account);
		}
	}

	/**
	 * Have accounts that decide about a request read, unless their amounts are fresh, and
	 * wait for it if the current thread may. If the store is slow or can't be used, the
	 * amounts stay what is known.
	 */
	void refresh(Collection<Account> accounts) {
		if (!this.open || this.failure.isOn()) {
			return;
		}
		CompletableFuture<?>[] reads = accounts.stream()
			.filter((account) -> !isFresh(account))
			.map((account) -> account.nextRead(this.queue::addAwaited))
			.toArray(CompletableFuture<?>[]::new);
		if (reads.length == 0) {
			return;
		}
		if (this.awaited.compareAndSet(false, true)) {
			this.thread.run(this::exchangeAwaited, 0);
		}
		if (!this.slowness.isOn() && BudgetThreads.mayWait()) {
			await(CompletableFuture.allOf(reads));
		}
	}

	private void exchangeAwaited() {
		this.awaited.set(false);
		exchange();
		if (!this.queue.isEmpty()) {
			schedule(this.delay);
		}
	}

	private void await(CompletableFuture<?> reads) {
		try {
			reads.get(this.patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			this.slowness.begin();
			this.log.slow(this.patience);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			// Of no concern to the request
		}
	}

	/**
	 * Tell of a level of an account on the store's thread, unless another instance has
	 * done so, or this one before it was restarted. If the store can't be asked, it is
	 * told.
	 */
	void tellOnce(Level level, Account account, Runnable notice) {
		Runnable claimed = () -> {
			if (claim(level, account)) {
				notice.run();
			}
		};
		if (this.thread.isCurrent()) {
			// What is run later may be too late when the application ends
			claimed.run();
		}
		else if (!this.thread.run(claimed, 0)) {
			notice.run();
		}
	}

	private boolean claim(Level level, Account account) {
		try {
			return !this.open || this.failure.isOn() || this.store.claim(account.key(), level.name());
		}
		catch (Throwable ex) {
			this.failure.begin();
			this.log.failed(ex);
			return true;
		}
	}

	/**
	 * Hand over what is waiting, within two seconds.
	 */
	void flush() {
		awaitEnd(this::exchangeAll);
	}

	/**
	 * Hand over what is waiting, and let go of the store, within two seconds.
	 */
	void close() {
		if (!this.thread.hasEnded()) {
			awaitEnd(() -> {
				exchangeAll();
				closeStore();
			});
			this.open = false;
			this.thread.end();
			this.log.lost(this.queue.unsent());
		}
	}

	private void exchangeAll() {
		this.failure.end();
		while (!this.queue.isEmpty() && !this.failure.isOn()) {
			exchange();
		}
	}

	private void closeStore() {
		try {
			this.store.close();
		}
		catch (Exception | LinkageError ex) {
			this.log.failed(ex);
		}
	}

	private void awaitEnd(Runnable action) {
		try {
			this.thread.await(action, END_TIMEOUT);
		}
		catch (TimeoutException ex) {
			this.log.failed(ex);
		}
	}

}
