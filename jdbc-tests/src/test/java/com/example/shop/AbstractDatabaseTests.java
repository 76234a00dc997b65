// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.test.LlmTrackAnswer;
import com.llmtrack.spring.test.LlmTrackServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Starts applications that keep pending events in a database, which outlives them.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
abstract class AbstractDatabaseTests {

	final LlmTrackServer llmTrack = LlmTrackServer.start();

	/** A database of H2 lives as long as it has a connection. */
	private Connection connection;

	private final String url = newUrl();

	/** The database as somebody else sees it. */
	JdbcTemplate database;

	@BeforeEach
	void connect() throws SQLException {
		this.connection = DriverManager.getConnection(this.url, "sa", "");
		this.database = new JdbcTemplate(new SingleConnectionDataSource(this.connection, true));
		this.database.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY)");
	}

	@AfterEach
	void stop() throws SQLException {
		this.connection.close();
		this.llmTrack.close();
	}

	static String newUrl() {
		return "jdbc:h2:mem:" + UUID.randomUUID();
	}

	ConfigurableApplicationContext start(String... properties) {
		return start(Shop.class, properties);
	}

	ConfigurableApplicationContext start(Class<?> application, String... properties) {
		return builder(application).run(arguments(properties));
	}

	static SpringApplicationBuilder builder(Class<?> application) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF);
	}

	/**
	 * Return command-line arguments for some properties, and for those that all
	 * applications have.
	 */
	String[] arguments(String... properties) {
		Map<String, String> arguments = new LinkedHashMap<>();
		Stream
			.concat(Stream.of("spring.ai.model.chat=none", "spring.ai.model.embedding=none",
					"spring.datasource.url=" + this.url, "spring.datasource.username=sa",
					"llmtrack.base-url=" + this.llmTrack.baseUrl(), "llmtrack.api-key=" + this.llmTrack.apiKey(),
					"llmtrack.spool.jdbc=true", "llmtrack.delivery.shutdown-timeout=0s"), Stream.of(properties))
			.forEach((property) -> arguments.put(property.substring(0, property.indexOf('=')), "--" + property));
		return arguments.values().toArray(String[]::new);
	}

	/**
	 * Have LLMtrack take no events.
	 */
	void fail() {
		this.llmTrack.answer(LlmTrackAnswer.failure());
	}

	static void record(ConfigurableApplicationContext context, String... models) {
		LlmUsageEventSink sink = context.getBean(LlmUsageEventSink.class);
		for (String model : models) {
			sink.record(LlmUsageEvent.builder().provider("openai").model(model).feature("search").build());
		}
	}

	List<String> delivered() {
		return this.llmTrack.received().stream().map((event) -> String.valueOf(event.get("model"))).sorted().toList();
	}

	int countEvents() {
		return count("LLMTRACK_EVENT");
	}

	int count(String table) {
		return this.database.queryForObject("SELECT COUNT(*) FROM " + table, Integer.class);
	}

	void awaitSpooled(int events) {
		await().ignoreExceptions().until(() -> countEvents() == events);
	}

	static ConditionFactory await() {
		return Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(30));
	}

	/**
	 * An application with all that Spring Boot configures for JDBC: a pool, transactions,
	 * and {@link JdbcTemplate}.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
