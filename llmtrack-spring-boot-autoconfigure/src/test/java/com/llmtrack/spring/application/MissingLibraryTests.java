// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.testsupport.StubServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts a whole application on the class path of these tests without an optional library
 * and the libraries that depend on it.
 */
@Tag("slow")
class MissingLibraryTests {

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "reactor-netty-.*", "spring-boot-actuator.*", "spring-boot-health-.*", "google-genai-.*",
			"(spring-security|micrometer-tracing|opentelemetry)-.*",
			"spring-ai-(client-chat|autoconfigure-model-chat-client|autoconfigure-model-chat-memory).*" })
	void modelIsTrackedWithout(String jars) throws Exception {
		List<String> problems = problems(jars);
		assertThat(servers.awaitEvents(2)).anySatisfy((event) -> {
			assertThat(event.get("provider").asString()).isEqualTo("openai");
			assertThat(event.get("total_tokens").asLong()).isEqualTo(29);
		});
		assertThat(problems).isEmpty();
	}

	@Test
	void modelIsTrackedWithoutWhatItsLabelsNeed() throws Exception {
		List<String> problems = problems("(spring-security|micrometer-tracing|opentelemetry)-.*",
				"llmtrack.customer.from=principal", "llmtrack.event.include=trace-id");
		assertThat(servers.awaitEvents(2)).noneMatch((event) -> event.has("customer_id"));
		assertThat(problems).hasSize(2)
			.anyMatch(
					(line) -> line.contains("There are no customers: llmtrack.customer.from needs org.springframework"))
			.anyMatch((line) -> line.contains("Events have no trace_id"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring-jdbc-.*", "spring-tx-.*" })
	void eventsAreKeptInMemoryWithout(String jars) throws Exception {
		List<String> problems = problems(jars, "llmtrack.spool.jdbc=true");
		assertThat(servers.awaitEvents(2)).hasSize(2);
		assertThat(problems).singleElement()
			.asString()
			.contains("The spool in the database can't be used, because spring-jdbc is missing from the class path.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring-ai-.*", "(spring-ai|micrometer-(core|registry)|spring-boot-micrometer-metrics)-.*",
			"(spring-ai|context-propagation)-.*" })
	void applicationRecordsItsOwnEventsWithout(String jars) throws Exception {
		List<String> problems = problems(jars);
		assertThat(servers.awaitEvent().get("provider").asString()).isEqualTo("own");
		assertThat(problems).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "(spring-(webflux|boot-webflux|boot-webclient)|spring-ai-(autoconfigure-model-)?ollama)-.*",
					"(spring-ai|jackson-(core|databind)-3).*" })
	void nothingIsSentWithout(String jars) throws Exception {
		List<String> problems = problems(jars);
		assertThat(problems).singleElement().asString().contains("LLMtrack is off");
	}

	@Test
	void nothingIsSentWithHalfOfJackson() throws Exception {
		List<String> problems = problems("(spring-ai|spring-boot-(jackson|actuator.*|health)|jackson-annotations)-.*");
		assertThat(problems).singleElement()
			.asString()
			.containsPattern(
					"LLMtrack is off, because class com\\.fasterxml\\.jackson\\.annotation\\.\\w+ is missing\\.");
		assertThat(servers.eventRequests()).isEmpty();
	}

	/**
	 * Run the application, and return what it complains about.
	 */
	private List<String> problems(String jars, String... properties) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", classPathWithout(jars), LeanApplication.class.getName()));
		command.addAll(arguments());
		Stream.of(properties).map((property) -> "--" + property).forEach(command::add);
		Path output = this.directory.resolve("output");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
			List<String> lines = Files.readAllLines(output);
			assertThat(process.exitValue()).as(() -> String.join(System.lineSeparator(), lines)).isZero();
			return lines.stream()
				.filter((line) -> line.contains("com.llmtrack") && line.matches(".* (WARN|ERROR) .*"))
				.toList();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String classPathWithout(String jars) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((path) -> !Path.of(path).getFileName().toString().matches(jars))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static List<String> arguments() {
		return Stream.of("spring.ai.openai.base-url=" + servers.openAiUrl(), "spring.ai.openai.api-key=openai-key",
				"spring.ai.openai.chat.model=gpt-4o-mini", "spring.ai.openai.max-retries=0",
				"spring.ai.anthropic.api-key=anthropic-key", "llmtrack.base-url=" + servers.llmTrackUrl(),
				"llmtrack.api-key=llmtrack-key", "llmtrack.delivery.shutdown-timeout=30s",
				"llmtrack.instrumentation.report-missing-features=false", "management.endpoints.jmx.exposure.include=*",
				// By default, long names of loggers are abbreviated
				"logging.pattern.console=%d %p %logger %m%n")
			.map((argument) -> "--" + argument)
			.toList();
	}

}
