// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged sample in a JVM of its own.
 */
final class SampleProcess implements AutoCloseable {

	/** Enough for the slowest machine; nothing here takes so long. */
	static final Duration PATIENCE = Duration.ofSeconds(60);

	/** For LLMtrack. */
	static final String API_KEY = "sample-key";

	static final Path JAR = Path.of("target", "sample-app.jar");

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	private final Process process;

	private final Path log;

	/**
	 * Start the sample.
	 * @param directory for its log
	 * @param arguments its arguments
	 */
	SampleProcess(Path directory, String... arguments) {
		this(directory, List.of("-jar", JAR.toString()), arguments);
	}

	/**
	 * Start the sample.
	 * @param directory for its log
	 * @param options the options of the JVM, which say what to run
	 * @param arguments its arguments
	 */
	SampleProcess(Path directory, List<String> options, String... arguments) {
		assertThat(JAR).exists();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
		command.addAll(options);
		command.addAll(List.of("--server.port=0", "--llmtrack.api-key=" + API_KEY));
		command.addAll(List.of(arguments));
		try {
			this.log = Files.createTempFile(directory, "sample", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(this.log.toFile());
			builder.environment().remove("LLMTRACK_API_KEY");
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	SampleProcess awaitLog(String text) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(log()).contains(text));
		return this;
	}

	URI url(String path) {
		awaitLog("Started SampleApplication");
		Matcher started = STARTED.matcher(log());
		assertThat(started.find()).isTrue();
		return URI.create("http://localhost:" + started.group(1) + path);
	}

	/**
	 * Ask the process to end, by a SIGTERM.
	 */
	void terminate() {
		this.process.destroy();
	}

	/**
	 * End the process without asking it, by a SIGKILL.
	 */
	void kill() {
		this.process.destroyForcibly();
	}

	/**
	 * Await the end of the process.
	 * @return how it ended
	 */
	int awaitEnd() throws InterruptedException {
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
