// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.http.AuthScheme;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.delivery.http.TransportSettings;
import com.llmtrack.spring.delivery.http.WebClientTransport;
import com.llmtrack.spring.delivery.spool.FileSpool;
import com.llmtrack.spring.delivery.spool.SpoolSettings;
import com.llmtrack.spring.json.Json;

/**
 * An application that delivers events over HTTP and keeps them in a spool; run as a
 * process of its own, it records events as fast as it can until it is killed.
 */
public final class SpoolingApplication implements AutoCloseable {

	private static final int QUEUE_CAPACITY = 100;

	private static final int SPOOL_CAPACITY = 500;

	private final EventDispatcher dispatcher;

	SpoolingApplication(String url, String directory) {
		WebClientTransport transport = new WebClientTransport(
				new TransportSettings(URI.create(url), () -> "llmtrack-key", AuthScheme.BEARER, true,
						Duration.ofSeconds(5), Duration.ofSeconds(30), 8, null, null),
				Stream::empty);
		FileSpool spool = new FileSpool(new SpoolSettings(Path.of(directory), SPOOL_CAPACITY, 10_000_000),
				new JsonEventCodec(Json.get(), true));
		this.dispatcher = new EventDispatcher(new DeliverySettings(QUEUE_CAPACITY, 8, Duration.ofSeconds(1)), transport,
				spool);
		this.dispatcher.start();
	}

	/**
	 * Record events for as long as the parent process lives.
	 */
	public static void main(String[] args) {
		SpoolingApplication application = new SpoolingApplication(args[0], args[1]);
		long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
		for (long i = 0; i % 1000 != 0 || ProcessHandle.of(parent).isPresent(); i++) {
			application.dispatcher.record(LlmUsageEvent.builder().model(args[2] + "-" + i).build());
			if (application.dispatcher.getPending() >= QUEUE_CAPACITY + SPOOL_CAPACITY) {
				// Leaves the processor to others
				LockSupport.parkNanos(100_000);
			}
		}
	}

	EventDispatcher dispatcher() {
		return this.dispatcher;
	}

	@Override
	public void close() {
		this.dispatcher.destroy();
	}

}
