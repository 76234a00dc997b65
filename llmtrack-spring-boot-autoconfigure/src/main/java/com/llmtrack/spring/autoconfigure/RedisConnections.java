// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Supplies the application's Redis connection factory to the accounts of budgets, when
 * they are used: nothing is created earlier than without budgets. If there is none, or if
 * it can't be told which one to use, the exception says what to do, and what the cause
 * says is only logged for debugging, as it may have passwords. Safe for any thread.
 */
final class RedisConnections implements Supplier<RedisConnectionFactory> {

	private static final Log logger = LogFactory.getLog(RedisConnections.class);

	private final ConfigurableListableBeanFactory beanFactory;

	RedisConnections(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public RedisConnectionFactory get() {
		try {
			return this.beanFactory.getBean(RedisConnectionFactory.class);
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new IllegalStateException("None of the RedisConnectionFactory beans " + names()
					+ " is primary. Mark one of them with @Primary");
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new IllegalStateException("There is no RedisConnectionFactory. Add "
					+ "org.springframework.boot:spring-boot-starter-data-redis, define one, or remove "
					+ "llmtrack.budgets.store");
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The RedisConnectionFactory of budgets can't be created.", ex);
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
			throw new IllegalStateException("The RedisConnectionFactory can't be created because of "
					+ cause.getClass().getSimpleName() + ". To see why, log com.llmtrack.spring at the level debug");
		}
	}

	private String names() {
		return Stream
			.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, RedisConnectionFactory.class))
			.map((name) -> "'" + name + "'")
			.collect(Collectors.joining(", "));
	}

}
