// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import javax.sql.DataSource;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which database is used by an application with none, one or two.
 */
class DataSourceChoiceTests extends AbstractDatabaseTests {

	private static final String PROBLEM = "The spool in the database can't be used, because ";

	@Test
	void primaryDatabaseIsUsed(CapturedOutput output) {
		fail();
		try (ConfigurableApplicationContext context = start(TwoDatabases.class, "spring.profiles.active=primary")) {
			record(context, "a");
			awaitSpooled(1);
		}
		assertThat(output).doesNotContain(PROBLEM);
	}

	@Test
	void namedDatabaseIsUsed(CapturedOutput output) {
		fail();
		try (ConfigurableApplicationContext context = start(TwoDatabases.class, "llmtrack.spool.jdbc=orders")) {
			record(context, "a");
			awaitSpooled(1);
		}
		assertThat(output).contains("; spool: database of 'orders'").doesNotContain(PROBLEM);
	}

	@Test
	void eventsAreDeliveredIfNoneOfTwoDatabasesIsNamed(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(TwoDatabases.class)) {
			record(context, "a");
			this.llmTrack.await(1);
			await().until(() -> output.toString().contains(PROBLEM));
		}
		assertThat(output).containsOnlyOnce(PROBLEM + "none of several DataSources is primary.")
			.contains("'orders', 'reports'");
		assertThat(delivered()).containsExactly("a");
	}

	@Test
	void eventsAreDeliveredWithoutADatabase(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(Shop.class,
				"spring.autoconfigure.exclude=" + DataSourceAutoConfiguration.class.getName())) {
			record(context, "a");
			this.llmTrack.await(1);
			await().until(() -> output.toString().contains(PROBLEM));
		}
		assertThat(output).containsOnlyOnce(PROBLEM + "there is no DataSource.");
		assertThat(delivered()).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void databaseMayBelongToTheParent(boolean parentIsClosed, CapturedOutput output) {
		fail();
		ConfigurableApplicationContext parent = builder(DatabaseOnly.class).run(arguments());
		ConfigurableApplicationContext context = builder(Shop.class).parent(parent)
			.run(arguments("spring.autoconfigure.exclude=" + DataSourceAutoConfiguration.class.getName()));
		try (parent; context) {
			record(context, "a");
			awaitSpooled(1);
			record(context, "b", "c");
			(parentIsClosed ? parent : context).close();
		}
		assertThat(countEvents()).isEqualTo(3);
		assertThat(output).contains("3 events wait in the spool").doesNotContain(PROBLEM, "can't be used");
	}

	@Test
	@Tag("slow")
	void databaseMayBeGoneAtTheStart(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("spring.datasource.url=jdbc:h2:tcp://localhost:1/none",
				"spring.sql.init.mode=never", "spring.datasource.hikari.connection-timeout=1000")) {
			record(context, "a");
			this.llmTrack.await(1);
			await().until(() -> output.toString().contains("The spool in the database can't be used"));
		}
		assertThat(delivered()).containsExactly("a");
		assertThat(output).containsOnlyOnce("The spool in the database can't be used");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(DataSourceAutoConfiguration.class)
	static class DatabaseOnly {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TwoDatabases {

		@Bean("orders")
		@Primary
		@Profile("primary")
		DataSource primary(Environment environment) {
			return orders(environment);
		}

		@Bean
		@Profile("!primary")
		DataSource orders(Environment environment) {
			return DataSourceBuilder.create()
				.url(environment.getProperty("spring.datasource.url"))
				.username("sa")
				.build();
		}

		@Bean
		DataSource reports() {
			return DataSourceBuilder.create().url(newUrl()).username("sa").build();
		}

	}

}
