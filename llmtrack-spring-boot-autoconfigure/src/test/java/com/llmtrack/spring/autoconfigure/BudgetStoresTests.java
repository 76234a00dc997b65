// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import com.llmtrack.spring.budget.AccountStore;
import com.llmtrack.spring.budget.FileAccountStore;
import com.llmtrack.spring.budget.redis.RedisAccountStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.BDDMockito;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link BudgetStores} and {@link RedisConnections}.
 */
@ExtendWith(OutputCaptureExtension.class)
class BudgetStoresTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner();

	private final RedisConnectionFactory first = BDDMockito.mock();

	private final RedisConnectionFactory second = BDDMockito.mock();

	@TempDir
	private Path directory;

	@Test
	void accountsAreInMemoryByDefault() {
		this.runner.run((context) -> assertThat(store(context, false, null)).isNull());
	}

	@Test
	void accountsSurviveWherePendingEventsDo() {
		this.runner.withPropertyValues("spring.application.name=shop")
			.run((context) -> assertThat(fileOf(store(context, false, this.directory))).isEqualTo("shop.accounts"));
		this.runner.run((context) -> assertThat(fileOf(store(context, false, this.directory)))
			.isEqualTo("application.accounts"));
	}

	private String fileOf(@Nullable AccountStore store) {
		assertThat(store).isInstanceOf(FileAccountStore.class);
		String description = store.description();
		assertThat(description).startsWith("the file " + this.directory.resolve("budgets"));
		return Path.of(description.substring("the file ".length())).getFileName().toString();
	}

	@Test
	void redisIsPreferredToTheDirectory() {
		this.runner
			.run((context) -> assertThat(store(context, true, this.directory)).isInstanceOf(RedisAccountStore.class));
	}

	@Test
	void redisNeedsALibrary(CapturedOutput output) {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.data"))
			.run((context) -> assertThat(store(context, true, this.directory)).isNull());
		assertThat(output).containsOnlyOnce("Accounts of budgets can't be kept in Redis, because spring-data-redis is "
				+ "missing from the class path. Budgets count the requests of this process only. Add "
				+ "org.springframework.boot:spring-boot-starter-data-redis, or remove llmtrack.budgets.store.");
	}

	private static @Nullable AccountStore store(AssertableApplicationContext context, boolean redis,
			@Nullable Path directory) {
		File file = (directory != null) ? directory.toFile() : null;
		SpoolProperties defaults = new SpoolProperties();
		SpoolProperties spool = new SpoolProperties(file, null, defaults.initializeSchema(), defaults.tablePrefix(),
				defaults.lease(), 10, DataSize.ofMegabytes(1));
		return BudgetStores.create(new BudgetSharing(redis ? BudgetSharing.Store.REDIS : BudgetSharing.Store.MEMORY,
				Duration.ofMillis(50), "llmtrack:", ZoneOffset.UTC), spool, context.getBeanFactory(),
				context.getEnvironment());
	}

	@Test
	void onlyConnectionFactoryIsUsed() {
		this.runner.withBean("first", RedisConnectionFactory.class, () -> this.first)
			.run((context) -> assertThat(connections(context).get()).isSameAs(this.first));
	}

	@Test
	void primaryConnectionFactoryIsUsed() {
		this.runner.withBean("first", RedisConnectionFactory.class, () -> this.first)
			.withBean("second", RedisConnectionFactory.class, () -> this.second,
					(definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(connections(context).get()).isSameAs(this.second));
	}

	@Test
	void connectionFactoryMayBelongToTheParent() {
		this.runner.withBean("first", RedisConnectionFactory.class, () -> this.first)
			.run((parent) -> this.runner.withParent(parent)
				.run((context) -> assertThat(connections(context).get()).isSameAs(this.first)));
	}

	@Test
	void oneOfSeveralConnectionFactoriesHasToBePrimary() {
		this.runner.withBean("first", RedisConnectionFactory.class, () -> this.first)
			.withBean("second", RedisConnectionFactory.class, () -> this.second)
			.run((context) -> assertThatIllegalStateException().isThrownBy(connections(context)::get)
				.withMessage("None of the RedisConnectionFactory beans 'first', 'second' is primary. Mark one of them "
						+ "with @Primary")
				.withNoCause());
	}

	@Test
	void thereMayBeNoConnectionFactory() {
		this.runner.run((context) -> assertThatIllegalStateException().isThrownBy(connections(context)::get)
			.withMessageStartingWith("There is no RedisConnectionFactory. Add ")
			.withNoCause());
	}

	@Test
	void whyAConnectionFactoryCannotBeCreatedMayBeSecret() {
		this.runner.withBean("first", RedisConnectionFactory.class, () -> {
			throw new IllegalArgumentException("password=secret");
		}, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThatIllegalStateException().isThrownBy(connections(context)::get)
				.withMessageStartingWith(
						"The RedisConnectionFactory can't be created because of IllegalArgumentException.")
				.withNoCause());
	}

	@Test
	void connectionFactoryIsNotCreatedBeforeAccountsAreUsed() {
		AtomicInteger created = new AtomicInteger();
		this.runner.withBean("first", RedisConnectionFactory.class, () -> {
			created.incrementAndGet();
			return this.first;
		}, (definition) -> definition.setLazyInit(true)).run((context) -> {
			assertThat(store(context, true, null)).isNotNull();
			assertThat(created).hasValue(0);
			connections(context).get();
			assertThat(created).hasValue(1);
		});
	}

	private static RedisConnections connections(AssertableApplicationContext context) {
		return new RedisConnections(context.getBeanFactory());
	}

}
