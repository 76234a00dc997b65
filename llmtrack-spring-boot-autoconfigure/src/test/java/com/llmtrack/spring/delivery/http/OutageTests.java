// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.spool.FileSpool;
import com.llmtrack.spring.delivery.spool.SpoolSettings;
import com.llmtrack.spring.json.Json;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that events survive outages of LLMtrack.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ConnectionKind.class)
@Timeout(60)
@Tag("slow")
class OutageTests {

	private static final int CAPACITY = 2_000;

	private static final int SPOOLED = 5_000;

	private static final long MEGABYTE = 1 << 20;

	private final FaultyServer server = new FaultyServer();

	private final List<AutoCloseable> open = new ArrayList<>();

	private int recorded;

	@Parameter
	private ConnectionKind kind;

	@TempDir
	private Path directory;

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable closeable : this.open) {
			closeable.close();
		}
		this.server.close();
		assertThat(this.server.problems()).isEmpty();
	}

	@Test
	void nothingIsLostUpToTheBoundAndTheHeapStaysFlat() {
		EventDispatcher dispatcher = dispatcher(null);
		record(dispatcher, 100);
		awaitDelivered(dispatcher, 100);
		this.server.faultIs(Fault.DOWN, 1);
		long heap = usedHeap();
		record(dispatcher, 300_000);
		assertThat(dispatcher.getPending()).isEqualTo(CAPACITY);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isEqualTo(300_000 - CAPACITY);
		assertThat(usedHeap()).isLessThan(heap + 24 * MEGABYTE);
		this.server.faultIs(Fault.NONE, 1);
		awaitDelivered(dispatcher, 100 + CAPACITY);
		assertThat(this.server.stored().values()).hasSize(100 + CAPACITY).doesNotHaveDuplicates();
		assertThat(dispatcher.getPending()).isZero();
	}

	@Test
	void spoolTakesWhatItHasRoomForAndMemoryTheRest() {
		this.server.faultIs(Fault.DOWN, 1);
		EventDispatcher dispatcher = dispatcher(spool());
		fill(dispatcher);
		record(dispatcher, 100);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isEqualTo(100);
		this.server.faultIs(Fault.NONE, 1);
		awaitDelivered(dispatcher, SPOOLED + CAPACITY);
		assertThat(this.server.stored().values()).hasSize(SPOOLED + CAPACITY).doesNotHaveDuplicates();
		assertThat(this.server.stored()).hasSize(this.recorded - 100);
	}

	@Test
	void whatIsInTheSpoolSurvivesARestartDuringTheOutage() {
		this.server.faultIs(Fault.DOWN, 1);
		EventDispatcher dispatcher = dispatcher(spool());
		fill(dispatcher);
		dispatcher.destroy();
		assertThat(dispatcher.getPending()).isEqualTo(SPOOLED);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.SHUTDOWN)).isEqualTo(CAPACITY);
		EventDispatcher next = dispatcher(spool());
		this.server.faultIs(Fault.NONE, 1);
		awaitDelivered(next, SPOOLED);
		assertThat(next.getStatistics().getAdopted()).isEqualTo(SPOOLED);
		assertThat(this.server.stored().values()).hasSize(SPOOLED).doesNotHaveDuplicates();
	}

	/**
	 * Record as fast as the spool can take it, until it is full and memory is, too.
	 */
	private void fill(EventDispatcher dispatcher) {
		while (dispatcher.getPending() < SPOOLED + CAPACITY) {
			record(dispatcher, Math.min(500, SPOOLED + CAPACITY - dispatcher.getPending()));
			Waiting.await()
				.until(() -> dispatcher.getPending() - dispatcher.getSpooled() < CAPACITY / 2
						|| dispatcher.getSpooled() == SPOOLED);
		}
		assertThat(dispatcher.getSpooled()).isEqualTo(SPOOLED);
		assertThat(dispatcher.getStatistics().getDropped(DropReason.QUEUE_FULL)).isZero();
	}

	private FileSpool spool() {
		FileSpool spool = new FileSpool(new SpoolSettings(this.directory, SPOOLED, 100 * MEGABYTE),
				new JsonEventCodec(Json.get(), true));
		this.open.add(0, spool);
		return spool;
	}

	private EventDispatcher dispatcher(FileSpool spool) {
		WebClientTransport transport = this.kind.transport(
				new TransportSettingsBuilder(this.server.url(), "outage-key").connectTimeout(Duration.ofSeconds(5))
					.requestTimeout(Duration.ofSeconds(5))
					.maxConnections(8)
					.build());
		this.open.add(0, transport);
		EventDispatcher dispatcher = new EventDispatcher(new DeliverySettings(CAPACITY, 8, Duration.ofSeconds(1)),
				transport, spool);
		this.open.add(0, dispatcher::destroy);
		dispatcher.start();
		return dispatcher;
	}

	private void record(EventDispatcher dispatcher, int events) {
		for (int i = 0; i < events; i++) {
			this.recorded++;
			dispatcher.record(LlmUsageEvent.builder().provider("openai").model("gpt-" + this.recorded).build());
		}
	}

	private static void awaitDelivered(EventDispatcher dispatcher, int events) {
		Waiting.await()
			.atMost(Duration.ofSeconds(50))
			.untilAsserted(() -> assertThat(dispatcher.getStatistics().getDelivered()).isEqualTo(events));
	}

	private static long usedHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
