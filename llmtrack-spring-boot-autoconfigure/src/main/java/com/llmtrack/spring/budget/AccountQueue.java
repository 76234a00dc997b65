// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The accounts about which the store is to be asked. Has each account once at most, or
 * twice if a request waits for it. Safe for any thread; never waits.
 */
final class AccountQueue {

	private static final int MAX_TAKEN = 5_000;

	private final Queue<Account> awaited = new ConcurrentLinkedQueue<>();

	private final Queue<Account> changed = new ConcurrentLinkedQueue<>();

	/**
	 * Add an account, unless it is queued already.
	 * @return whether it was added
	 */
	boolean add(Account account) {
		return account.queue() && this.changed.add(account);
	}

	/**
	 * Add an account that a request waits for, before all others.
	 */
	void addAwaited(Account account) {
		this.awaited.add(account);
	}

	boolean isEmpty() {
		return this.awaited.isEmpty() && this.changed.isEmpty();
	}

	/**
	 * Remove the first accounts, so many that the store can be asked about all at once.
	 */
	Collection<Account> take() {
		Set<Account> accounts = new LinkedHashSet<>();
		while (accounts.size() < MAX_TAKEN) {
			Account account = this.awaited.poll();
			if (account == null) {
				account = this.changed.poll();
				if (account == null) {
					break;
				}
				account.dequeued();
			}
			accounts.add(account);
		}
		return accounts;
	}

	/**
	 * Return how many accounts have something that the store lacks.
	 */
	long unsent() {
		return this.changed.stream().filter(Account::isUnsent).count();
	}

}
