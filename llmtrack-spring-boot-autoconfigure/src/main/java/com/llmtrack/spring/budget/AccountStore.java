// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keeps accounts beyond this process: over a restart, or together with other instances of
 * the application. Used by one thread of the budgets' own at a time, so that methods may
 * wait, though not for ever. What they throw means that the store can't be used at
 * present: requests go on, and the same additions are handed over later.
 */
public interface AccountStore extends AutoCloseable {

	/**
	 * Add to accounts, each addition exactly once however often it is handed over. If
	 * this throws, some may have been added.
	 * @param additions what to add, at most one per account
	 * @return the amount of each of these accounts afterwards, with what others added
	 */
	Map<AccountKey, Long> add(Collection<Addition> additions);

	/**
	 * Claim to tell of something about an account, so that of all instances one does, and
	 * not again after a restart.
	 * @param account the account
	 * @param what what to tell, a short name
	 * @return whether nobody has claimed it before
	 */
	boolean claim(AccountKey account, String what);

	/**
	 * Return how old an amount may be that decides whether a request is refused, or
	 * {@code null} if others add so little that it may be any age.
	 */
	@Nullable Duration freshness();

	/**
	 * Return where accounts are kept, such as "Redis", for log lines.
	 */
	String description();

	@Override
	default void close() {
	}

}
