// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests the failure analysis of applications that start with an invalid property.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "llm-track.com", "/api", "ftp://llm-track.com", "https:///path", "mailto:a@b.c",
			"https://user:password@llm-track.com", "https://llm-track.com?a=b", "https://llm-track.com#here" })
	void baseUrlThatIsNoneFailsTheStart(String url, CapturedOutput output) {
		assertFails("llmtrack.base-url", url, output);
		assertThat(output).contains("Must be an absolute http or https URL");
	}

	@ParameterizedTest
	@CsvSource({ "queue-capacity, 0, 1 and 1000000", "queue-capacity, 1000001, 1 and 1000000",
			"max-in-flight, 0, 1 and 256", "max-in-flight, 257, 1 and 256", "connect-timeout, 0s, 1ms and 1h",
			"request-timeout, -1s, 1ms and 1h", "request-timeout, 2h, 1ms and 1h", "shutdown-timeout, -1s, 0s and 1h" })
	void valueOutOfItsRangeFailsTheStart(String name, String value, String range, CapturedOutput output) {
		assertFails("llmtrack.delivery." + name, value, output);
		assertThat(output).contains("Must be between " + range);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://models.dev/api.json", "prices.json", "/etc/prices.json", "file:", "classpath:",
			"jar:file:prices.jar!/prices.json" })
	void priceListThatIsNoFileFailsTheStart(String location, CapturedOutput output) {
		assertFails("llmtrack.pricing-list", location, output);
		assertThat(output).contains("Must begin with file: or classpath:");
	}

	@ParameterizedTest
	@CsvSource({ "max-events, 0, between 1 and 1000000", "max-events, 1000001, between 1 and 1000000",
			"max-size, 9KB, at least 10KB" })
	void boundOfTheSpoolThatIsNoneFailsTheStart(String name, String value, String allowed, CapturedOutput output) {
		assertFails("llmtrack.spool." + name, value, output);
		assertThat(output).contains("Must be " + allowed);
	}

	@ParameterizedTest
	@CsvSource({ "lease, 14s, between 15s and 1h", "lease, 61m, between 15s and 1h", "lease, -1m, between 15s and 1h",
			"lease, long, java.time.Duration", "initialize-schema, sometimes, EMBEDDED",
			"table-prefix, 1ST_, between 1 and 20 letters", "table-prefix, APP.LLMTRACK_, between 1 and 20 letters",
			"table-prefix, X; DROP TABLE ORDERS, between 1 and 20 letters",
			"table-prefix, LONGER_THAN_20_CHARS_, between 1 and 20 letters" })
	void settingOfTheDatabaseThatIsNoneFailsTheStart(String name, String value, String allowed, CapturedOutput output) {
		assertFails("llmtrack.spool." + name, value, output, "llmtrack.spool.jdbc=true");
		assertThat(output).contains(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "eventsDataSource" })
	void directoryAndDatabaseTogetherFailTheStart(String jdbc, CapturedOutput output) {
		assertFails("llmtrack.spool.jdbc", jdbc, output, "llmtrack.spool.directory=/none");
		assertThat(output).contains("Must not be set together with llmtrack.spool.directory");
	}

	@ParameterizedTest
	@CsvSource({ "environment, 101, 100", "default-feature, 201, 200" })
	void nameThatIsTooLongFailsTheStart(String name, int length, int limit, CapturedOutput output) {
		assertFails("llmtrack." + name, "x".repeat(length), output);
		assertThat(output).contains("Must have at most " + limit + " characters");
	}

	@ParameterizedTest
	@CsvSource({ "input, output", "output, input" })
	void negativePriceFailsTheStart(String name, String other, CapturedOutput output) {
		assertFails("llmtrack.pricing[gpt-4.1]." + name, "-0.1", output, "llmtrack.pricing[gpt-4.1]." + other + "=1");
		assertThat(output).contains("US dollars per million tokens");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cached-input", "cache-write" })
	void negativePriceOfCachedTokensFailsTheStart(String name, CapturedOutput output) {
		assertFails("llmtrack.pricing[gpt-4.1]." + name, "-1", output, "llmtrack.pricing[gpt-4.1].input=1",
				"llmtrack.pricing[gpt-4.1].output=1");
	}

	@ParameterizedTest
	@CsvSource({ "input, output", "output, input", "cached-input, input" })
	void missingPriceFailsTheStart(String name, String missing, CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().run("--llmtrack.api-key=secret-key",
				"--llmtrack.pricing.gpt-4o-mini." + name + "=1"));
		assertThat(output).contains("APPLICATION FAILED TO START",
				"Invalid value 'null' for configuration property 'llmtrack.pricing[gpt-4o-mini]." + missing + "'");
	}

	@Test
	void priceThatIsNoneFailsTheStart(CapturedOutput output) {
		assertFails("llmtrack.pricing.gpt-4o-mini.input", "cheap", output);
	}

	@Test
	void metadataThatIsTooLargeFailsTheStart(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().run("--llmtrack.api-key=secret-key",
				"--llmtrack.metadata.first=" + "x".repeat(7700), "--llmtrack.metadata.second=a"));
		assertThat(output).contains("APPLICATION FAILED TO START", "'llmtrack.metadata'", "first", "8192 bytes");
	}

	@Test
	void metadataThatIsTooLargeWithWhatEventsIncludeFailsTheStart(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().run("--llmtrack.api-key=secret-key",
				"--llmtrack.metadata.first=" + "x".repeat(7400), "--llmtrack.event.include=conversation-id"));
		assertThat(output).contains("APPLICATION FAILED TO START", "'llmtrack.metadata'", "llmtrack.event.include");
	}

	@Test
	void entryThatIsNoneFailsTheStart(CapturedOutput output) {
		assertFails("llmtrack.event.include", "session-id", output);
		assertThat(output).contains("CONVERSATION_ID", "TIME_TO_FIRST_TOKEN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "user", "mdc", "header:", "principal:name" })
	void sourceOfCustomersThatIsNoneFailsTheStart(String source, CapturedOutput output) {
		assertFails("llmtrack.customer.from", source, output);
		assertThat(output).contains("Must be principal, mdc:KEY or header:NAME.");
	}

	@Test
	void featureInMetadataFailsTheStart(CapturedOutput output) {
		assertFails("llmtrack.metadata.feature", "search", output);
		assertThat(output).contains("llmtrack.default-feature");
	}

	@Test
	void authSchemeThatIsNoneFailsTheStart(CapturedOutput output) {
		assertFails("llmtrack.auth-scheme", "basic", output);
		assertThat(output).contains("BEARER", "X_API_KEY");
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.enabled", "llmtrack.delivery.enabled", "llmtrack.instrumentation.enabled" })
	void switchThatIsNoneFailsTheStart(String property, CapturedOutput output) {
		assertFails(property, "perhaps", output);
	}

	@Test
	void numberThatIsNoneFailsTheStart(CapturedOutput output) {
		assertFails("llmtrack.delivery.queue-capacity", "many", output);
	}

	@ParameterizedTest
	@CsvSource({ "port, 3128, without a host", "username, somebody, without a host",
			"host, http://proxy.example.com, without scheme and port", "host, proxy:3128, without scheme and port",
			"host, proxy.example.com, between 1 and 65535" })
	void incompleteProxyFailsTheStart(String name, String value, String reason, CapturedOutput output) {
		assertThatException().isThrownBy(() -> application().run("--llmtrack.api-key=secret-key",
				"--llmtrack.proxy." + name + "=" + value, "--llmtrack.proxy.password=secret-password"));
		assertThat(output).contains("APPLICATION FAILED TO START", "llmtrack.proxy.", reason)
			.doesNotContain("secret-password");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "65536", "-1" })
	void proxyPortThatIsNoneFailsTheStart(String port, CapturedOutput output) {
		assertFails("llmtrack.proxy.port", port, output, "llmtrack.proxy.host=proxy.example.com");
		assertThat(output).contains("between 1 and 65535");
	}

	@Test
	void proxyUserWithAColonFailsTheStart(CapturedOutput output) {
		assertFails("llmtrack.proxy.username", "some:body", output, "llmtrack.proxy.host=proxy.example.com",
				"llmtrack.proxy.port=3128", "llmtrack.proxy.password=secret-password");
		assertThat(output).contains("no colon").doesNotContain("secret-password");
	}

	@ParameterizedTest
	@CsvSource({ "'', llmtrack.proxy.host", "llmtrack.proxy.host=proxy.example.com, llmtrack.proxy.username",
			"llmtrack.proxy.host=http://user:secret-password@proxy.example.com, llmtrack.proxy" })
	void proxyPasswordIsNotShownWhenItIsAllAlone(String other, String property, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> application().run("--llmtrack.api-key=secret-key", "--llmtrack.proxy.password=secret-password",
						"--llmtrack.proxy.port=" + (other.isEmpty() ? "" : "3128"), "--" + other));
		assertThat(output).contains("APPLICATION FAILED TO START", "'" + property + "'")
			.doesNotContain("secret-password");
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.instrumentation.final-models=none", "llmtrack.base-url=none" })
	void modelThatIsCreatedFirstIsNotReportedAsWell(String wrong, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> application().sources(Model.class).run("--llmtrack.api-key=secret-key", "--" + wrong));
		assertThat(output).contains("APPLICATION FAILED TO START", wrong.substring(0, wrong.indexOf('=')))
			.doesNotContain("not instrumented");
	}

	@Test
	void nothingIsCheckedWhenDisabled(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().run("--llmtrack.enabled=false",
				"--llmtrack.base-url=none")) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	private static void assertFails(String property, String value, CapturedOutput output, String... others) {
		String[] arguments = Stream
			.concat(Stream.of("llmtrack.api-key=secret-key", property + "=" + value), Stream.of(others))
			.map((argument) -> "--" + argument)
			.toArray(String[]::new);
		assertThatException().isThrownBy(() -> application().run(arguments));
		assertThat(output).contains("APPLICATION FAILED TO START", property, value).doesNotContain("secret-key");
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmTrackAutoConfiguration.class, LlmTrackInstrumentationAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class Model {

		@Bean
		ChatModel model() {
			return (prompt) -> new ChatResponse(List.of());
		}

	}

}
