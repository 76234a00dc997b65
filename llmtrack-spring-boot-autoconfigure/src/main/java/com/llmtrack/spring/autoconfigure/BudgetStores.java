// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.File;

import com.llmtrack.spring.budget.AccountStore;
import com.llmtrack.spring.budget.FileAccountStore;
import com.llmtrack.spring.budget.redis.RedisAccountStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Creates the store that keeps the accounts of budgets beyond this process: Redis if
 * there is spring-data-redis, without which none of its classes is linked; or a file if
 * there is a directory for pending events.
 */
final class BudgetStores {

	private static final Log logger = LogFactory.getLog(BudgetStores.class);

	/** Below the spool's directory, which knows this name. */
	private static final String DIRECTORY = "budgets";

	private BudgetStores() {
	}

	/**
	 * Return the store, or {@code null} if accounts are kept in memory only.
	 * @param sharing where to keep accounts
	 * @param spool where pending events are kept
	 * @param beanFactory has the application's connection factory, which is not created
	 * yet
	 * @param environment has the name of the application
	 */
	static @Nullable AccountStore create(BudgetSharing sharing, SpoolProperties spool,
			ConfigurableListableBeanFactory beanFactory, Environment environment) {
		if (sharing.store() != BudgetSharing.Store.REDIS) {
			return inDirectory(spool.directory(), environment.getProperty("spring.application.name", ""));
		}
		if (!RequiredLibraries.hasRedis(beanFactory.getBeanClassLoader())) {
			logger
				.warn("Accounts of budgets can't be kept in Redis, because spring-data-redis is missing from the class "
						+ "path. Budgets count the requests of this process only. Add "
						+ "org.springframework.boot:spring-boot-starter-data-redis, or remove llmtrack.budgets.store.");
			return null;
		}
		return Redis.store(beanFactory, sharing.keyPrefix());
	}

	private static @Nullable AccountStore inDirectory(@Nullable File spool, String application) {
		return (spool != null) ? new FileAccountStore(spool.toPath().resolve(DIRECTORY),
				application.isBlank() ? "application" : application) : null;
	}

	/**
	 * A class of its own, as the JVM may load classes that a method names when it
	 * verifies the class.
	 */
	private static final class Redis {

		static AccountStore store(ConfigurableListableBeanFactory beanFactory, String keyPrefix) {
			return new RedisAccountStore(new RedisConnections(beanFactory), keyPrefix);
		}

	}

}
