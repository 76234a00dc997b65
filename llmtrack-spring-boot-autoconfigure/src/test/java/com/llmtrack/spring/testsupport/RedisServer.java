// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * A Redis of a test's own, on loopback, which it may pause and kill. Without a program
 * {@code redis-server} such tests are skipped, or fail if the environment variable
 * {@code LLMTRACK_TEST_DATABASES_REQUIRED} is set. What the server keeps survives
 * {@link #kill()}.
 */
public final class RedisServer implements AutoCloseable {

	private static final String PROGRAM = "redis-server";

	private final Path directory;

	private final int port;

	private final Path program;

	private Process process;

	private RedisServer(Path program) throws IOException {
		this.program = program;
		this.directory = Files.createTempDirectory("llmtrack-redis");
		this.port = freePort();
	}

	/**
	 * Start a server, or skip the test.
	 */
	public static RedisServer create() {
		Path program = Stream.of(System.getenv("PATH").split(":"))
			.map((directory) -> Path.of(directory, PROGRAM))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
		if (program == null) {
			Assert.state(
					!new StandardEnvironment().getProperty("llmtrack.test.databases-required", Boolean.class, false),
					"There is no " + PROGRAM + ", but llmtrack.test.databases-required is set");
			Assumptions.abort("There is no " + PROGRAM);
		}
		try {
			RedisServer server = new RedisServer(program);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	public int port() {
		return this.port;
	}

	/**
	 * Start the server again.
	 */
	public void start() {
		try {
			this.process = new ProcessBuilder(this.program.toString(), "--bind", "127.0.0.1", "--port",
					Integer.toString(this.port), "--save", "", "--appendonly", "yes", "--appendfsync", "no", "--dir",
					this.directory.toString())
				.redirectErrorStream(true)
				.redirectOutput(this.directory.resolve("log").toFile())
				.start();
			Waiting.await().until(() -> {
				Assert.state(this.process.isAlive(), () -> "Redis did not start: " + log());
				return answers();
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean answers() {
		try {
			return command("PING").startsWith("+PONG");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String log() {
		try {
			return Files.readString(this.directory.resolve("log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Send a command without quotes, and return the begin of the answer.
	 */
	public String command(String command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(5000);
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
			byte[] answer = new byte[8192];
			int count = socket.getInputStream().read(answer);
			return new String(answer, 0, Math.max(count, 0), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Have the server accept connections and not answer, until {@link #resume()}.
	 */
	public void pause() {
		signal("STOP");
	}

	public void resume() {
		signal("CONT");
	}

	private void signal(String signal) {
		try {
			Process kill = new ProcessBuilder(List.of("kill", "-" + signal, Long.toString(this.process.pid()))).start();
			Assert.state(kill.waitFor() == 0, "No signal " + signal);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * End the server at once, until {@link #start()}.
	 */
	public void kill() {
		try {
			Assert.state(this.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS), "Redis does not end");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
