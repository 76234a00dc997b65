// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.EventSchema;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configuration of the spool.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpoolAutoConfigurationTests {

	private static final String SECRET = "secret-llmtrack-key";

	private static final String DEAD_SERVER = "llmtrack.base-url=http://localhost:1";

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
		.withPropertyValues("llmtrack.api-key=" + SECRET, "llmtrack.delivery.shutdown-timeout=0s");

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.spool.max-events=2", "llmtrack.spool.directory=", "llmtrack.spool.jdbc=",
			"llmtrack.spool.jdbc=false" })
	void thereIsNoSpoolWithoutADirectoryOrADatabase(String property, CapturedOutput output) {
		this.runner.withPropertyValues(DEAD_SERVER, property)
			.run((context) -> record(context.getBean(LlmUsageEventSink.class), 1));
		assertThat(output).contains("are lost").doesNotContain("in the spool");
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack.api-key=", "llmtrack.enabled=false" })
	void directoryIsLeftAloneWhileTrackingIsOff(String property) {
		Path none = this.directory.resolve("none");
		this.runner.withPropertyValues(property, "llmtrack.spool.directory=" + none)
			.run((context) -> assertThat(context.getBean(EventDispatcher.class).getState())
				.isEqualTo(DeliveryState.OFF));
		assertThat(none).doesNotExist();
	}

	@Test
	void directoryIsLeftAloneWithoutDelivery() {
		Path none = this.directory.resolve("none");
		this.runner.withPropertyValues("llmtrack.spool.directory=" + none, "llmtrack.delivery.enabled=false")
			.withBean("own", LlmUsageEventSink.class, () -> (event) -> {
			})
			.run((context) -> assertThat(context.getBean(EventDispatcher.class).getState())
				.isEqualTo(DeliveryState.OFF));
		assertThat(none).doesNotExist();
	}

	@Test
	void pendingEventsWaitInTheDirectoryForTheNextStart(CapturedOutput output) throws IOException {
		withSpool().withPropertyValues(DEAD_SERVER).run((context) -> {
			record(context.getBean(LlmUsageEventSink.class), 3);
			Waiting.await().until(() -> context.getBean(EventDispatcher.class).getSpooled() == 3);
		});
		List<Path> left = spooled();
		assertThat(left).hasSize(3).allSatisfy((file) -> {
			EventSchema.validated(Files.readString(file));
			assertThat(Files.readString(file)).doesNotContain(SECRET);
		});
		assertThat(output)
			.contains("http://localhost:1; spool: directory " + this.directory, "3 events wait in the spool")
			.doesNotContain("are lost");
		WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		server.start();
		try {
			server.stubFor(WireMock.post("/api/ingest").willReturn(WireMock.okJson("{\"ok\":true}")));
			withSpool().withPropertyValues("llmtrack.base-url=" + server.baseUrl()).run((context) -> {
				EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
				Waiting.await().until(() -> dispatcher.getStatistics().getDelivered() == 3);
				assertThat(dispatcher.getStatistics().getAdopted()).isEqualTo(3);
				assertThat(dispatcher.getPending()).isZero();
			});
			assertThat(server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo("/api/ingest")))).hasSize(3)
				.allSatisfy((request) -> assertThat(left).anyMatch((file) -> isSent(file, request)));
		}
		finally {
			server.stop();
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void boundsAreThoseOfTheProperties(CapturedOutput output) {
		withSpool().withPropertyValues(DEAD_SERVER, "llmtrack.spool.max-events=2").run((context) -> {
			record(context.getBean(LlmUsageEventSink.class), 5);
			EventDispatcher dispatcher = context.getBean(EventDispatcher.class);
			Waiting.await().until(() -> dispatcher.getSpooled() == 2 && output.toString().contains("is full"));
			assertThat(dispatcher.getPending()).isEqualTo(5);
		});
		assertThat(spooled()).hasSize(2);
		assertThat(output).contains("llmtrack.spool.max-events", "3 events were not delivered");
	}

	@Test
	void eventsAreKeptInMemoryWithoutSpringJdbc(CapturedOutput output) {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
			.withPropertyValues(DEAD_SERVER, "llmtrack.spool.jdbc=true")
			.run((context) -> {
				record(context.getBean(LlmUsageEventSink.class), 2);
				assertThat(context.getBean(EventDispatcher.class).getPending()).isEqualTo(2);
			});
		assertThat(output)
			.containsOnlyOnce("The spool in the database can't be used, because spring-jdbc is missing "
					+ "from the class path. Pending events are kept in memory only.")
			.contains("2 events were not delivered")
			.doesNotContain("; spool: ");
	}

	@ParameterizedTest
	@CsvSource({ "llmtrack.api-key=, true", "llmtrack.enabled=false, true", "llmtrack.delivery.enabled=false, true",
			"llmtrack.spool.jdbc=false, false" })
	void databaseIsLeftAloneWhileItIsNotNeeded(String property, boolean jdbc, CapturedOutput output) {
		this.runner.withPropertyValues("llmtrack.spool.jdbc=" + jdbc, property)
			.withBean("dataSource", DataSource.class, () -> {
				throw new IllegalStateException();
			}, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("The spool", "; spool: ");
	}

	private ApplicationContextRunner withSpool() {
		return this.runner.withPropertyValues("llmtrack.spool.directory=" + this.directory);
	}

	private static void record(LlmUsageEventSink sink, int events) {
		for (int i = 0; i < events; i++) {
			sink.record(LlmUsageEvent.builder().provider("openai").model("model-" + i).feature("search").build());
		}
	}

	private List<Path> spooled() {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(".json")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isSent(Path file, LoggedRequest request) {
		return file.toString().endsWith(request.getHeader("Idempotency-Key") + ".json");
	}

}
