// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A store in memory, which can be made to fail and to hang.
 */
final class FakeAccountStore implements AccountStore {

	private final Map<AccountKey, Long> amounts;

	private final Set<Long> known = new HashSet<>();

	private final Set<String> claims;

	private final List<Addition> additions = new CopyOnWriteArrayList<>();

	private final @Nullable Duration freshness;

	private final AtomicInteger calls = new AtomicInteger();

	private volatile boolean failing;

	private volatile boolean losingAnswers;

	private volatile @Nullable CountDownLatch hanging;

	private volatile boolean closed;

	FakeAccountStore(@Nullable Duration freshness) {
		this(freshness, new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
	}

	private FakeAccountStore(@Nullable Duration freshness, Map<AccountKey, Long> amounts, Set<String> claims) {
		this.freshness = freshness;
		this.amounts = amounts;
		this.claims = claims;
	}

	/**
	 * Return a store of another instance with the same accounts.
	 */
	FakeAccountStore ofOtherInstance() {
		return new FakeAccountStore(this.freshness, this.amounts, this.claims);
	}

	@Override
	public Map<AccountKey, Long> add(Collection<Addition> additions) {
		this.calls.incrementAndGet();
		awaitAnswer();
		Map<AccountKey, Long> result = new HashMap<>();
		synchronized (this) {
			for (Addition addition : additions) {
				this.additions.add(addition);
				if (this.known.add(addition.id())) {
					this.amounts.merge(addition.account(), addition.amount(), Long::sum);
				}
				result.put(addition.account(), this.amounts.getOrDefault(addition.account(), 0L));
			}
		}
		if (this.losingAnswers) {
			throw new IllegalStateException("no answer");
		}
		return result;
	}

	@Override
	public boolean claim(AccountKey account, String what) {
		awaitAnswer();
		synchronized (this) {
			return this.claims.add(account + what);
		}
	}

	private void awaitAnswer() {
		CountDownLatch hanging = this.hanging;
		if (hanging != null) {
			try {
				hanging.await(10, TimeUnit.MINUTES);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		if (this.failing) {
			throw new IllegalStateException("connection refused");
		}
	}

	@Override
	public @Nullable Duration freshness() {
		return this.freshness;
	}

	@Override
	public String description() {
		return "the fake store";
	}

	@Override
	public void close() {
		this.closed = true;
	}

	FakeAccountStore failing(boolean failing) {
		this.failing = failing;
		return this;
	}

	/**
	 * Take additions, and say that they failed.
	 */
	void losingAnswers(boolean losing) {
		this.losingAnswers = losing;
	}

	CountDownLatch hang() {
		CountDownLatch latch = new CountDownLatch(1);
		this.hanging = latch;
		return latch;
	}

	/**
	 * Add what other instances of the application spend.
	 */
	synchronized void addElsewhere(AccountKey account, long amount) {
		this.amounts.merge(account, amount, Long::sum);
	}

	synchronized long total() {
		return this.amounts.values().stream().mapToLong(Long::longValue).sum();
	}

	synchronized Map<AccountKey, Long> amounts() {
		return Map.copyOf(this.amounts);
	}

	List<Addition> additions() {
		return this.additions;
	}

	int calls() {
		return this.calls.get();
	}

	boolean isClosed() {
		return this.closed;
	}

}
