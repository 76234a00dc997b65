// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.delivery.IngestServer;
import com.llmtrack.spring.testsupport.TestSchema;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process of an {@link InstanceApplication}. Killed when it is closed, unless it has
 * ended before.
 */
final class Instance implements AutoCloseable {

	/** Far apart, as the database's clock counts. */
	private static final List<String> ZONES = List.of("Asia/Tokyo", "America/Los_Angeles", "Asia/Kolkata");

	private final String name;

	private final Process process;

	private final Writer commands;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Thread reader = new Thread(this::read, "instance-output");

	private Instance(String name, Process process) {
		this.name = name;
		this.process = process;
		this.commands = process.outputWriter();
		this.reader.setDaemon(true);
		this.reader.start();
	}

	static Instance start(String name, Duration lease, IngestServer server, TestSchema schema) {
		try {
			String zone = ZONES.get(Math.floorMod(name.hashCode(), ZONES.size()));
			return new Instance(name,
					new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
							"-XX:TieredStopAtLevel=1", "-Duser.timezone=" + zone, "-cp",
							System.getProperty("java.class.path"), InstanceApplication.class.getName(), name,
							lease.toString(), server.url(), schema.url(), schema.user(), schema.password())
						.redirectErrorStream(true)
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(InstanceApplication.ANSWER)) {
					this.answers.add(line.substring(InstanceApplication.ANSWER.length()));
				}
				else {
					this.log.add(line);
				}
			}
		}
		catch (IOException ex) {
			// Killed
		}
	}

	String name() {
		return this.name;
	}

	List<String> log() {
		return this.log;
	}

	/**
	 * Record events until there are so many, as fast as the spool stores them.
	 */
	void record(int events) {
		command("record " + events);
	}

	/**
	 * Do not wait for the spool from now on.
	 */
	void recordWithoutWaiting() {
		command("volatile");
	}

	/**
	 * Deliver what is pending at once.
	 */
	void resume() {
		command("resume");
	}

	InstanceStatus status() {
		return command("status");
	}

	private InstanceStatus command(String command) {
		try {
			this.commands.write(command + "\n");
			this.commands.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(toString(), ex);
		}
		return answer();
	}

	private InstanceStatus answer() {
		try {
			String answer = this.answers.poll(1, TimeUnit.MINUTES);
			assertThat(answer).as(this::toString).isNotNull();
			return InstanceStatus.parse(answer);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * End the process as {@code kill -9} does.
	 */
	void kill() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	/**
	 * End the process with SIGTERM.
	 * @return its last status
	 */
	InstanceStatus terminate() {
		// Process.destroy() would also close its output
		signal("TERM");
		InstanceStatus status = answer();
		awaitEnd();
		return status;
	}

	/**
	 * Pause all threads of the process, until {@link #wakeUp()}.
	 */
	void freeze() {
		signal("STOP");
	}

	void wakeUp() {
		signal("CONT");
	}

	private void signal(String signal) {
		try {
			new ProcessBuilder("kill", "-" + signal, String.valueOf(this.process.pid())).inheritIO().start().waitFor();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void awaitEnd() {
		try {
			assertThat(this.process.waitFor(1, TimeUnit.MINUTES)).as(this::toString).isTrue();
			this.reader.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

	@Override
	public String toString() {
		return this.name + "\n" + String.join("\n", this.log);
	}

}
