// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.DeliveryStatistics;
import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.spool.FileSpool;
import com.llmtrack.spring.delivery.spool.SpoolSettings;
import com.llmtrack.spring.json.Json;

/**
 * One application in the soak test, with a server of its own: producers that record, a
 * server that fails, and restarts in between.
 */
final class SoakLane implements AutoCloseable {

	private static final int PRODUCERS = 4;

	private static final int IN_FLIGHT = 8;

	private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(400);

	private static final Duration DRAIN = Duration.ofMinutes(5);

	private static final Fault[] FAULTS = Arrays.stream(Fault.values())
		.filter((fault) -> !fault.isPausing())
		.toArray(Fault[]::new);

	private static final Fault[] PAUSES = Arrays.stream(Fault.values()).filter(Fault::isPausing).toArray(Fault[]::new);

	private final String name;

	private final ConnectionKind kind;

	private final Path spoolDirectory;

	private final Random random;

	private final Duration duration;

	private final FaultyServer server = new FaultyServer();

	private final WatchedTransport.Journal journal = new WatchedTransport.Journal();

	private final List<EventDispatcher> dispatchers = new ArrayList<>();

	private final AtomicLong recorded = new AtomicLong();

	private final AtomicLong maxPending = new AtomicLong();

	private volatile EventDispatcher dispatcher;

	private volatile boolean producing = true;

	private WatchedTransport transport;

	private int restarts;

	/**
	 * Create a lane.
	 * @param spoolDirectory where events are spooled, or {@code null} for memory only
	 */
	SoakLane(String name, ConnectionKind kind, Path spoolDirectory, long seed, Duration duration) {
		this.name = name;
		this.kind = kind;
		this.spoolDirectory = spoolDirectory;
		this.random = new Random(seed);
		this.duration = duration;
		open();
	}

	private void open() {
		this.transport = new WatchedTransport(this.kind
			.transport(new TransportSettingsBuilder(this.server.url(), "soak-key").connectTimeout(Duration.ofSeconds(1))
				.requestTimeout(REQUEST_TIMEOUT)
				.maxConnections(IN_FLIGHT)
				.build()), this.journal);
		FileSpool spool = (this.spoolDirectory != null)
				? new FileSpool(new SpoolSettings(this.spoolDirectory, 1_000_000, 1 << 30),
						new JsonEventCodec(Json.get(), true))
				: null;
		DeliverySettings settings = new DeliverySettings(5_000, IN_FLIGHT, Duration.ofMillis(200));
		EventDispatcher dispatcher = new EventDispatcher(settings, this.transport, spool);
		this.dispatchers.add(dispatcher);
		this.dispatcher = dispatcher;
		dispatcher.start();
	}

	private void shut() {
		this.transport.ending();
		this.dispatcher.destroy();
	}

	/**
	 * Go through all the weathers, then let the sun shine until nothing is pending.
	 */
	void run() {
		List<CompletableFuture<Void>> producers = new ArrayList<>();
		for (int i = 0; i < PRODUCERS; i++) {
			Random random = new Random(this.random.nextLong());
			producers.add(CompletableFuture.runAsync(() -> produce(random), SoakLane::startThread));
		}
		weather(System.nanoTime());
		this.producing = false;
		producers.forEach(CompletableFuture::join);
		// Takes over at once what was recorded while another dispatcher was closed
		restart();
		drain();
	}

	private static void startThread(Runnable task) {
		Thread thread = new Thread(task, "soak");
		thread.setDaemon(true);
		thread.start();
	}

	private void produce(Random random) {
		while (this.producing) {
			for (int i = random.nextInt(10); i > 0; i--) {
				record((random.nextInt(50) == 0) ? "rejected" : "gpt");
			}
			pause(random.nextInt(80));
		}
	}

	private void record(String model) {
		this.dispatcher
			.record(LlmUsageEvent.builder().provider("openai").model(model + this.recorded.incrementAndGet()).build());
	}

	private void weather(long begin) {
		long nextPause = begin + TimeUnit.SECONDS.toNanos(10);
		long nextRestart = begin + TimeUnit.SECONDS.toNanos(3);
		long nextPoison = begin;
		long end = begin + this.duration.toNanos();
		for (long now = begin; now < end; now = System.nanoTime()) {
			if (now > nextPoison) {
				record("poisonous");
				nextPoison = now + TimeUnit.SECONDS.toNanos(20);
			}
			if (now > nextRestart) {
				restart();
				nextRestart = now + TimeUnit.MILLISECONDS.toNanos(5_000 + this.random.nextInt(5_000));
			}
			Fault fault = FAULTS[this.random.nextInt(FAULTS.length)];
			// A pause lasts for half a minute, which has to be over in the end
			if (now > nextPause && end - now > TimeUnit.SECONDS.toNanos(35)) {
				fault = PAUSES[this.random.nextInt(PAUSES.length)];
				nextPause = now + TimeUnit.SECONDS.toNanos(90);
			}
			this.server.faultIs(fault, fault.isPausing() ? 1 : 1 << this.random.nextInt(5));
			pause(50 + this.random.nextInt(500));
			this.server.faultIs(Fault.NONE, 1);
			pause(50 + this.random.nextInt(800));
		}
	}

	private void restart() {
		this.restarts++;
		if (this.spoolDirectory != null) {
			shut();
			open();
		}
		else {
			this.dispatcher.stop();
			this.dispatcher.start();
		}
	}

	private void drain() {
		long end = System.nanoTime() + DRAIN.toNanos();
		while (hasWork() && System.nanoTime() < end) {
			// A poisonous event is known by others' success
			record("gpt");
			pause(20);
		}
	}

	private boolean hasWork() {
		return this.dispatcher.getPending() > 0 || sum(DeliveryStatistics::getAdopted) < left();
	}

	private void pause(long millis) {
		this.maxPending.accumulateAndGet(this.dispatcher.getPending(), Math::max);
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
	}

	String name() {
		return this.name;
	}

	FaultyServer server() {
		return this.server;
	}

	WatchedTransport.Journal journal() {
		return this.journal;
	}

	long recorded() {
		return this.recorded.get();
	}

	long maxPending() {
		return this.maxPending.get();
	}

	int restarts() {
		return this.restarts;
	}

	int pending() {
		return this.dispatcher.getPending();
	}

	/**
	 * Return how many events earlier dispatchers left in the spool.
	 */
	long left() {
		return this.dispatchers.stream()
			.filter((dispatcher) -> dispatcher != this.dispatcher)
			.mapToLong(EventDispatcher::getPending)
			.sum();
	}

	long sum(ToLongFunction<DeliveryStatistics> counter) {
		return this.dispatchers.stream().map(EventDispatcher::getStatistics).mapToLong(counter).sum();
	}

	long dropped(DropReason reason) {
		return sum((statistics) -> statistics.getDropped(reason));
	}

	Map<Fault, ? extends Number> requests() {
		return this.server.requests();
	}

	void forget() {
		this.server.forget();
		this.journal.forget();
	}

	@Override
	public void close() {
		shut();
		this.server.close();
	}

}
