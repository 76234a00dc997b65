// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.io.File;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how the packaged application ends, and what becomes of its events then.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
@Tag("slow")
class PackagedSampleIT {

	private static final int FIRST_REQUESTS = 6;

	private static final String SHUTDOWN = "--llmtrack.delivery.shutdown-timeout=2s";

	private static final String LAST_FEATURE = "Feature translation: ";

	@TempDir
	private Path directory;

	private RecordingServer server;

	@BeforeEach
	void start() {
		this.server = new RecordingServer();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void terminatedApplicationSaysHowManyEventsAreLostWithoutASpool() throws Exception {
		this.server.down();
		try (SampleProcess sample = sample(SHUTDOWN)) {
			sample.awaitLog(LAST_FEATURE);
			sample.terminate();
			sample.awaitEnd();
			assertThat(sample.log()).contains(FIRST_REQUESTS + " events were not delivered");
		}
		assertThat(this.server.events()).isEmpty();
	}

	@Test
	void terminatedApplicationEndsInTimeThoughItsQueueIsFullAndNobodyAnswers() throws Exception {
		this.server.slow(Duration.ofHours(1));
		try (SampleProcess sample = sample(SHUTDOWN, "--llmtrack.delivery.queue-capacity=2")) {
			sample.awaitLog(LAST_FEATURE);
			sample.terminate();
			sample.awaitEnd();
			assertThat(sample.log()).contains("The queue of 2 events is full", "2 events were not delivered");
		}
	}

	@Test
	void terminatedApplicationLeavesItsEventsInTheSpoolToTheNextStart() throws Exception {
		this.server.down();
		try (SampleProcess sample = sample(SHUTDOWN, spool())) {
			sample.awaitLog(LAST_FEATURE);
			sample.terminate();
			sample.awaitEnd();
			assertThat(sample.log()).contains(FIRST_REQUESTS + " events wait in the spool");
		}
		Set<String> left = spooled();
		assertThat(left).hasSize(FIRST_REQUESTS);
		this.server.up();
		try (SampleProcess sample = commandLine(spool())) {
			sample.awaitEnd();
			assertThat(sample.log()).contains("Took over " + FIRST_REQUESTS + " events");
		}
		assertThat(this.server.events()).hasSize(FIRST_REQUESTS + 2).containsAll(left);
		assertThat(spooled()).isEmpty();
	}

	@Test
	void terminatedApplicationDoesNotWaitForOpenPages() throws Exception {
		try (SampleProcess sample = sample(); EventStream page = EventStream.open(sample.url("/demo/stream"))) {
			page.await("log", (line) -> true);
			sample.awaitLog(LAST_FEATURE);
			sample.terminate();
			page.awaitEnd();
			sample.awaitEnd();
			assertThat(sample.log()).contains("Graceful shutdown complete");
		}
	}

	@Test
	void killedApplicationLosesNoEventThatReachedTheSpool() throws Exception {
		this.server.slow(Duration.ofMillis(500));
		try (SampleProcess sample = sample(spool())) {
			Load load = new Load(HttpRequest.newBuilder(sample.url("/chat")).build());
			Awaitility.await().atMost(SampleProcess.PATIENCE).until(() -> {
				load.keepUp();
				return spooled().size() >= 50;
			});
			sample.kill();
			sample.awaitEnd();
		}
		Set<String> left = spooled();
		assertThat(left).hasSizeGreaterThanOrEqualTo(50);
		this.server.slow(Duration.ZERO);
		try (SampleProcess sample = commandLine(spool())) {
			sample.awaitEnd();
		}
		assertThat(this.server.events()).containsAll(left);
		assertThat(spooled()).isEmpty();
	}

	@Test
	void commandLineApplicationEndsByItselfWhenItsEventsAreDelivered() throws Exception {
		try (SampleProcess sample = commandLine()) {
			assertThat(sample.awaitEnd()).isZero();
			assertThat(sample.log()).doesNotContain("not delivered");
		}
		assertThat(this.server.events()).hasSize(2);
	}

	private SampleProcess sample(String... arguments) {
		return new SampleProcess(this.directory,
				Stream.concat(Stream.of(this.server.argument()), Stream.of(arguments)).toArray(String[]::new));
	}

	/**
	 * Start the sample without a web server and without the streamed requests, after
	 * which OpenAI's client keeps threads for a minute that no JVM ends without.
	 */
	private SampleProcess commandLine(String... arguments) {
		return sample(Stream
			.concat(Stream.of("--spring.main.web-application-type=none", "--sample.first-requests=summary,translation"),
					Stream.of(arguments))
			.toArray(String[]::new));
	}

	private String spool() {
		return "--llmtrack.spool.directory=" + this.directory.resolve("spool");
	}

	/**
	 * Return the idempotency keys of the events in the spool.
	 */
	private Set<String> spooled() {
		// By names alone, since files come and go meanwhile
		return Stream.of(names(this.directory.resolve("spool").toFile()))
			.flatMap((instance) -> Stream.of(names(this.directory.resolve("spool").resolve(instance).toFile())))
			.filter((name) -> name.endsWith(".json"))
			.map((name) -> name.substring(name.indexOf('-') + 1, name.lastIndexOf('.')))
			.collect(Collectors.toSet());
	}

	private static String[] names(File directory) {
		String[] names = directory.list();
		return (names != null) ? names : new String[0];
	}

	/**
	 * Many requests at once.
	 */
	private static final class Load {

		private final HttpClient client = HttpClient.newHttpClient();

		private final Semaphore permits = new Semaphore(32);

		private final HttpRequest request;

		Load(HttpRequest request) {
			this.request = request;
		}

		void keepUp() {
			while (this.permits.tryAcquire()) {
				this.client.sendAsync(this.request, HttpResponse.BodyHandlers.discarding())
					.whenComplete((response, failure) -> this.permits.release());
			}
		}

	}

}
