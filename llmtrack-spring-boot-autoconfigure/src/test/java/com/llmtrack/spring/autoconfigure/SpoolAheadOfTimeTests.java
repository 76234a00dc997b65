// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.UUID;

import javax.sql.DataSource;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.AheadOfTime;
import com.llmtrack.spring.testsupport.Waiting;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the properties of the run, and not those of the build, decide where pending
 * events are kept in an application that was processed ahead of time.
 */
class SpoolAheadOfTimeTests {

	private final String database = "test.database=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.spool.jdbc=", "llmtrack.spool.jdbc=true", "llmtrack.spool.directory=/none" })
	void databaseMayBeChosenForTheRun(String ofBuild) {
		AheadOfTime application = AheadOfTime.processed(Application.class, ofBuild, "test.database=none");
		try (ConfigurableApplicationContext context = run(application, "true")) {
			context.getBean(EventDispatcher.class).record(LlmUsageEvent.builder().model("a").build());
			awaitSpooled(context);
		}
		try (ConfigurableApplicationContext context = run(application, "dataSource")) {
			awaitSpooled(context);
			assertThat(context.getBean(EventDispatcher.class).getStatistics().getAdopted()).isOne();
		}
	}

	@Test
	void databaseOfTheBuildIsForgotten() {
		AheadOfTime application = AheadOfTime.processed(Application.class, "llmtrack.spool.jdbc=true",
				"test.database=none");
		try (ConfigurableApplicationContext context = run(application, "")) {
			assertThat(context.getBean(LlmTrackProperties.class).spool().jdbcSettings()).isNull();
		}
	}

	private ConfigurableApplicationContext run(AheadOfTime application, String jdbc) {
		return application.run(this.database, "llmtrack.spool.jdbc=" + jdbc, "llmtrack.api-key=llmtrack-key",
				"llmtrack.base-url=http://localhost:1", "llmtrack.delivery.shutdown-timeout=0s");
	}

	private static void awaitSpooled(ConfigurableApplicationContext context) {
		Waiting.await().until(() -> context.getBean(EventDispatcher.class).getSpooled() == 1);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(LlmTrackAutoConfiguration.class)
	static class Application {

		@Bean
		DataSource dataSource(Environment environment) {
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setUrl(environment.getRequiredProperty("test.database"));
			return dataSource;
		}

	}

}
