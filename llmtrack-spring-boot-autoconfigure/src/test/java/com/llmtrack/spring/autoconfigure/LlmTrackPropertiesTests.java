// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.File;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import com.llmtrack.spring.delivery.jdbc.JdbcSpoolSettings;
import com.llmtrack.spring.delivery.jdbc.SchemaInitialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the binding of {@link LlmTrackProperties}.
 */
class LlmTrackPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class);

	@Test
	void nothingHasToBeSet() {
		this.runner.run(with((properties) -> {
			assertThat(properties).hasNoNullFieldsOrPropertiesExcept("apiKey", "environment", "defaultFeature",
					"pricingList");
			assertThat(properties.providers()).isEmpty();
			assertThat(properties.pricing()).isEmpty();
			assertThat(properties.instrumentation().excludeBeans()).isEmpty();
			assertThat(properties.proxy().settings()).isNull();
			assertThat(properties.spool().directorySettings()).isNull();
			assertThat(properties.spool().jdbcSettings()).isNull();
		}));
	}

	@Test
	void sectionThatIsNotSetHasTheDefaultsOfOneThatIs() throws Exception {
		Binder binder = Binder.get(new MockEnvironment());
		LlmTrackProperties properties = binder.bindOrCreate("llmtrack", LlmTrackProperties.class);
		for (RecordComponent component : LlmTrackProperties.class.getRecordComponents()) {
			if (component.getType().isRecord()) {
				assertThat(component.getAccessor().invoke(properties))
					.isEqualTo(binder.bindOrCreate("llmtrack." + component.getName(), component.getType()));
			}
		}
	}

	@Test
	void sectionMayBeEmpty() {
		this.runner.withPropertyValues("llmtrack.delivery=", "llmtrack.proxy=").run(with((properties) -> {
			assertThat(properties.delivery().maxInFlight()).isEqualTo(8);
			assertThat(properties.proxy().settings()).isNull();
		}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  " })
	void textThatIsBlankCountsAsNotSet(String blank) {
		this.runner
			.withPropertyValues("llmtrack.proxy.host=" + blank, "llmtrack.proxy.username=" + blank,
					"llmtrack.proxy.password=", "llmtrack.ssl.bundle=" + blank, "llmtrack.spool.directory=" + blank)
			.run(with((properties) -> {
				assertThat(properties.proxy()).isEqualTo(new ProxyProperties(null, null, null, null));
				assertThat(properties.ssl().bundle()).isNull();
				assertThat(properties.spool().directory()).isNull();
			}));
	}

	@Test
	void blanksAroundNamesDoNotMatter() {
		this.runner
			.withPropertyValues("llmtrack.proxy.host= proxy ", "llmtrack.proxy.port=3128", "llmtrack.ssl.bundle= own ",
					"llmtrack.spool.directory=/var/spool")
			.run(with((properties) -> {
				assertThat(properties.proxy().host()).isEqualTo("proxy");
				assertThat(properties.ssl().bundle()).isEqualTo("own");
				assertThat(properties.spool().directory()).isEqualTo(new File("/var/spool"));
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "false", "FALSE", " false " })
	void spoolMayBeInNoDatabase(String jdbc) {
		this.runner.withPropertyValues("llmtrack.spool.jdbc=" + jdbc, "llmtrack.spool.directory=/var/spool")
			.run(with((properties) -> {
				assertThat(properties.spool().jdbcSettings()).isNull();
				assertThat(properties.spool().directorySettings()).isNotNull();
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "TRUE", " true " })
	void spoolMayBeInTheOnlyDatabase(String jdbc) {
		this.runner.withPropertyValues("llmtrack.spool.jdbc=" + jdbc).run(with((properties) -> {
			assertThat(properties.spool().dataSourceName()).isNull();
			assertThat(properties.spool().jdbcSettings()).isEqualTo(new JdbcSpoolSettings("LLMTRACK_",
					SchemaInitialization.EMBEDDED, Duration.ofMinutes(2), 50_000, 50 * 1024 * 1024));
			assertThat(properties.spool().description(null)).isEqualTo("database");
		}));
	}

	@Test
	void spoolMayBeInADatabaseOfSeveral() {
		this.runner
			.withPropertyValues("llmtrack.spool.jdbc= events ", "llmtrack.spool.initialize-schema=always",
					"llmtrack.spool.table-prefix=shop_", "llmtrack.spool.lease=30s", "llmtrack.spool.max-events=7",
					"llmtrack.spool.max-size=10KB")
			.run(with((properties) -> {
				assertThat(properties.spool().dataSourceName()).isEqualTo("events");
				assertThat(properties.spool().jdbcSettings()).isEqualTo(
						new JdbcSpoolSettings("shop_", SchemaInitialization.ALWAYS, Duration.ofSeconds(30), 7, 10240));
				assertThat(properties.spool().description(null)).isEqualTo("database of 'events'");
			}));
	}

	@Test
	void keysOfMapsMayHaveDots() {
		this.runner
			.withPropertyValues("llmtrack.model-aliases.gpt-4.1=own", "llmtrack.metadata.team.name=search",
					"llmtrack.pricing[gpt-4.1].input=2", "llmtrack.pricing[gpt-4.1].output=8")
			.run(with((properties) -> {
				assertThat(properties.modelAliases()).containsExactly(Map.entry("gpt-4.1", "own"));
				assertThat(properties.metadata()).containsExactly(Map.entry("team.name", "search"));
				assertThat(properties.pricing()).containsOnlyKeys("gpt-4.1");
			}));
	}

	@Test
	void mapsAndGroupsAreBoundFromEnvironmentVariables() {
		Map<String, Object> variables = Map.of("LLMTRACK_METADATA_TEAM", "search", "LLMTRACK_PRICING_GPT4O_INPUT", "2",
				"LLMTRACK_PRICING_GPT4O_OUTPUT", "8", "LLMTRACK_DELIVERY_MAXINFLIGHT", "3");
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
			.run(with((properties) -> {
				assertThat(properties.metadata()).containsExactly(Map.entry("team", "search"));
				assertThat(properties.pricing()).containsOnlyKeys("gpt4o");
				assertThat(properties.delivery().maxInFlight()).isEqualTo(3);
			}));
	}

	@Test
	void secretsAreNotShown() {
		this.runner
			.withPropertyValues("llmtrack.api-key=secret-key", "llmtrack.proxy.host=proxy", "llmtrack.proxy.port=3128",
					"llmtrack.proxy.username=somebody", "llmtrack.proxy.password=secret-password")
			.run(with((properties) -> {
				assertThat(properties.apiKey()).isEqualTo("secret-key");
				assertThat(properties.proxy().password()).isEqualTo("secret-password");
				assertThat(properties.toString()).doesNotContain("secret");
				assertThat(properties.proxy().toString()).doesNotContain("secret");
				assertThat(new PropertiesLlmTrackConnectionDetails(properties).toString()).doesNotContain("secret");
			}));
	}

	private static ContextConsumer<AssertableApplicationContext> with(Consumer<LlmTrackProperties> assertions) {
		return (context) -> assertThat(context.getBean(LlmTrackProperties.class)).satisfies(assertions);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(LlmTrackProperties.class)
	static class Application {

	}

}
