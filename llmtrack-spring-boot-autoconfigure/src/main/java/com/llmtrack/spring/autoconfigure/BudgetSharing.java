// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.time.Duration;
import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Settings of all budgets, which stand among the budgets. Bound by hand, and only if
 * there are budgets, as each bean slows the start.
 *
 * @param store Where accounts are kept: in memory, and in llmtrack.spool.directory if
 * that is set, or in Redis, which all instances share and which requires
 * spring-data-redis.
 * @param storeTimeout Maximum time that a request waits for a fresh amount from the
 * store, if a budget may refuse it. When it has passed, the amount that is known decides.
 * @param keyPrefix Prefix of the keys in Redis. Applications that share a Redis but not
 * their budgets need different ones.
 * @param zone Time zone of the periods of budgets. All instances need the same one.
 */
@ConfigurationProperties("llmtrack.budgets")
record BudgetSharing(@DefaultValue("memory") Store store, @DefaultValue("50ms") Duration storeTimeout,
		@DefaultValue("llmtrack:budgets:") String keyPrefix, @DefaultValue("UTC") ZoneId zone) {

	private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);

	private static final Duration MAX_TIMEOUT = Duration.ofSeconds(1);

	private static final int MAX_LENGTH = 100;

	@ConstructorBinding
	BudgetSharing {
	}

	/**
	 * Bind and check the settings.
	 */
	static BudgetSharing in(Environment environment) {
		BudgetSharing settings = Binder.get(environment)
			.bindOrCreate("llmtrack.budgets", Bindable.of(BudgetSharing.class));
		settings.check();
		return settings;
	}

	private void check() {
		PropertyChecks.check(
				this.storeTimeout.compareTo(MIN_TIMEOUT) >= 0 && this.storeTimeout.compareTo(MAX_TIMEOUT) <= 0,
				"budgets.store-timeout", this.storeTimeout, "Must be between 1ms and 1s.");
		PropertyChecks.check(
				!this.keyPrefix.isEmpty() && this.keyPrefix.length() <= MAX_LENGTH
						&& this.keyPrefix.chars().allMatch((character) -> character > ' ' && character < 0x7f),
				"budgets.key-prefix", this.keyPrefix,
				"Must have between 1 and " + MAX_LENGTH + " ASCII characters, no blanks among them.");
	}

	/**
	 * Where accounts are kept.
	 */
	enum Store {

		/** In this process, and in the directory of the spool if there is one. */
		MEMORY,

		/** In Redis. */
		REDIS

	}

}
