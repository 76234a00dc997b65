// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.llmtrack.spring.delivery.DeliveryStatistics;
import com.llmtrack.spring.delivery.DropReason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Soak with mixed faults, after which every event must be accounted for. Not part of the
 * default build: run it with {@code mvn -Psoak test}. It takes ten minutes, or as long as
 * {@code -Dllmtrack.soak.duration=PT1M} sets. {@code -Dllmtrack.soak.seed} repeats a run,
 * except for the timing of threads and network.
 */
@Tag("soak")
class DeliverySoakTests {

	private static final Log logger = LogFactory.getLog(DeliverySoakTests.class);

	private static final long MEGABYTE = 1 << 20;

	@TempDir
	private Path directory;

	@Test
	void everyEventIsAccountedForWhateverTheWeather() {
		Duration duration = Duration.parse(System.getProperty("llmtrack.soak.duration", "PT10M"));
		long seed = Long.getLong("llmtrack.soak.seed", new Random().nextLong());
		logger.info("Soak test for " + duration + ", to be repeated with -Dllmtrack.soak.seed=" + seed);
		// Says so with a stack trace for each connection that breaks
		((Logger) LoggerFactory.getLogger("reactor.netty.http.client")).setLevel(Level.OFF);
		List<SoakLane> lanes = List.of(new SoakLane("memory", ConnectionKind.REACTOR_NETTY, null, seed, duration),
				new SoakLane("spool", ConnectionKind.REACTOR_NETTY, this.directory.resolve("1"), seed + 1, duration),
				new SoakLane("spool, JDK client", ConnectionKind.JDK, this.directory.resolve("2"), seed + 2, duration));
		long heapBefore = usedHeap();
		CompletableFuture.allOf(lanes.stream().map(DeliverySoakTests::run).toArray(CompletableFuture[]::new)).join();
		lanes.forEach((lane) -> logger.info(balance(lane)));
		lanes.forEach(DeliverySoakTests::assertBalance);
		lanes.forEach(SoakLane::forget);
		long heapAfter = usedHeap();
		logger.info("Heap before " + heapBefore / MEGABYTE + " MB, after " + heapAfter / MEGABYTE + " MB");
		assertThat(heapAfter).isLessThan(heapBefore + 64 * MEGABYTE);
		lanes.forEach(SoakLane::close);
	}

	private static CompletableFuture<Void> run(SoakLane lane) {
		return CompletableFuture.runAsync(lane::run, (task) -> new Thread(task, "soak-" + lane.name()).start());
	}

	private static void assertBalance(SoakLane lane) {
		assertThat(lane.server().problems()).isEmpty();
		assertThat(lane.journal().problems()).isEmpty();
		assertThat(lane.pending()).isZero();
		assertThat(lane.sum(DeliveryStatistics::getRecorded)).isEqualTo(lane.recorded());
		assertThat(lane.sum(DeliveryStatistics::getAdopted)).isEqualTo(lane.left());
		assertThat(lane.sum(DeliveryStatistics::getDelivered)).isEqualTo(lane.server().stored().size());
		assertThat(lane.server().stored().size() + dropped(lane)).isEqualTo(lane.recorded());
		assertThat(lane.server().stored().values()).doesNotHaveDuplicates();
		assertThat(lane.dropped(DropReason.REJECTED)).isEqualTo(lane.server().rejected().size());
		assertThat(lane.dropped(DropReason.FAILED)).isEqualTo(lane.server().poisonous().size());
		assertThat(lane.dropped(DropReason.UNREADABLE)).isZero();
		Set<String> explained = new HashSet<>(lane.server().lostResponses());
		explained.addAll(lane.journal().ambiguous());
		assertThat(explained).containsAll(lane.server().repeated());
	}

	private static long dropped(SoakLane lane) {
		long dropped = 0;
		for (DropReason reason : DropReason.values()) {
			dropped += lane.dropped(reason);
		}
		return dropped;
	}

	private static String balance(SoakLane lane) {
		TreeMap<DropReason, Long> dropped = new TreeMap<>();
		for (DropReason reason : DropReason.values()) {
			dropped.put(reason, lane.dropped(reason));
		}
		return String.join(System.lineSeparator() + "  ", "Balance of the lane \"" + lane.name() + "\":",
				"recorded      " + lane.recorded(),
				"delivered     " + lane.sum(DeliveryStatistics::getDelivered) + ", stored by the server "
						+ lane.server().stored().size(),
				"duplicates    " + lane.sum(DeliveryStatistics::getDuplicates) + ", seen by the server "
						+ lane.server().repeated().size(),
				"dropped       " + dropped, "pending       " + lane.pending() + ", at most " + lane.maxPending(),
				"restarts      " + lane.restarts() + ", events left to the next start " + lane.left() + ", adopted "
						+ lane.sum(DeliveryStatistics::getAdopted),
				"requests      " + lane.journal().attempts() + ", retries "
						+ (lane.journal().attempts() - lane.journal().events()),
				"as answered   " + lane.requests());
	}

	private static long usedHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
