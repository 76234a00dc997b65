// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.http.AuthScheme;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.delivery.http.TransportSettings;
import com.llmtrack.spring.delivery.http.WebClientTransport;
import com.llmtrack.spring.json.Json;
import com.zaxxer.hikari.HikariDataSource;

/**
 * An instance of an application that keeps pending events in a database; run as a process
 * of its own by {@link Instance}. Reads commands from its input, one a line, and answers
 * each with its status in a line that starts with {@value #ANSWER}. Ends with its input,
 * or with SIGTERM, and then writes its last status.
 */
public final class InstanceApplication {

	static final String ANSWER = "--> ";

	/** How many events may wait for the spool before recording pauses. */
	static final int MAX_UNSPOOLED = 32;

	/** System.out is for those who log. */
	private static final PrintStream OUTPUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true);

	private static final int QUEUE_CAPACITY = 5_000;

	private static final int SPOOL_CAPACITY = 5_000;

	private final String name;

	private final HikariDataSource pool = new HikariDataSource();

	private final WatchedDataSource dataSource = new WatchedDataSource(this.pool);

	private final EventDispatcher dispatcher;

	private volatile long requested;

	private long recorded;

	/** Whether recording pauses while the spool does not keep up. */
	private volatile boolean durable = true;

	private InstanceApplication(String name, Duration lease, String ingestUrl, String url, String user,
			String password) {
		this.name = name;
		this.pool.setJdbcUrl(url);
		this.pool.setUsername(user);
		this.pool.setPassword(password);
		this.pool.setMaximumPoolSize(3);
		this.pool.setMinimumIdle(0);
		JdbcSpool spool = new JdbcSpool(
				new JdbcSpoolSettings("LLMTRACK_", SchemaInitialization.ALWAYS, lease, SPOOL_CAPACITY, 50_000_000),
				() -> this.dataSource, new JsonEventCodec(Json.get(), true));
		WebClientTransport transport = new WebClientTransport(
				new TransportSettings(URI.create(ingestUrl), () -> "llmtrack-key", AuthScheme.BEARER, true,
						Duration.ofSeconds(5), Duration.ofSeconds(30), 8, null, null),
				Stream::empty);
		this.dispatcher = new EventDispatcher(new DeliverySettings(QUEUE_CAPACITY, 8, Duration.ofSeconds(2)), transport,
				spool);
	}

	/**
	 * Run an instance.
	 * @param args its name and lease, where LLMtrack is, and where the database is, with
	 * user and password
	 */
	public static void main(String[] args) throws IOException {
		InstanceApplication application = new InstanceApplication(args[0], Duration.parse(args[1]), args[2], args[3],
				args[4], args[5]);
		Runtime.getRuntime().addShutdownHook(new Thread(application::shutDown));
		application.dispatcher.start();
		Thread recorder = new Thread(application::record);
		recorder.setDaemon(true);
		recorder.start();
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			application.run(command);
			application.answer();
		}
		System.exit(0);
	}

	private void run(String command) {
		switch (command) {
			case "status" -> {
			}
			case "volatile" -> this.durable = false;
			case "resume" -> this.dispatcher.resume();
			// "record 100": until it is 100 altogether
			default -> this.requested = Long.parseLong(command.replace("record ", ""));
		}
	}

	private void record() {
		while (true) {
			if (this.recorded < this.requested && mayRecord()) {
				this.dispatcher.record(LlmUsageEvent.builder().model(this.name + "-" + this.recorded).build());
				this.recorded++;
			}
			else {
				LockSupport.parkNanos(1_000_000);
			}
		}
	}

	private boolean mayRecord() {
		int pending = this.dispatcher.getPending();
		return this.durable
				? pending - this.dispatcher.getSpooled() < MAX_UNSPOOLED && pending < SPOOL_CAPACITY - MAX_UNSPOOLED
				: pending < QUEUE_CAPACITY;
	}

	private void answer() {
		OUTPUT.println(ANSWER + InstanceStatus.of(this.dispatcher, this.dataSource.mostConnections()).text());
	}

	private void shutDown() {
		this.requested = 0;
		this.dispatcher.destroy();
		answer();
		this.pool.close();
	}

}
