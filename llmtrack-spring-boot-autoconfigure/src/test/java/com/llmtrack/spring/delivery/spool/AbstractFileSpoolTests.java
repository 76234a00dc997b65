// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.LoadedEvents;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base for tests of {@link FileSpool}.
 */
abstract class AbstractFileSpoolTests {

	static final Instant RECORDED_AT = Instant.ofEpochMilli(1790000000123L);

	static final LlmUsageEvent EVENT = LlmUsageEvent.builder().provider("openai").model("gpt-4o-mini").build();

	final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	@TempDir
	Path temporary;

	private final List<FileSpool> spools = new ArrayList<>();

	@AfterEach
	void closeSpools() {
		this.spools.forEach(FileSpool::close);
	}

	Path directory() {
		return this.temporary.resolve("spool");
	}

	SpoolContent content() {
		return new SpoolContent(directory());
	}

	FileSpool spool() {
		return spool(1000, 1_000_000);
	}

	FileSpool spool(int maxEvents, long maxBytes) {
		FileSpool spool = content().spool(maxEvents, maxBytes, this.now::get);
		this.spools.add(spool);
		return spool;
	}

	static @Nullable SpooledEvent store(FileSpool spool) {
		return store(spool, RECORDED_AT, EVENT);
	}

	static @Nullable SpooledEvent store(FileSpool spool, Instant recordedAt, LlmUsageEvent event) {
		return spool.store(List.of(new UnspooledEvent(UUID.randomUUID().toString(), recordedAt, event)))
			.stream()
			.findFirst()
			.orElse(null);
	}

	static List<SpooledEvent> store(FileSpool spool, int events) {
		return IntStream.range(0, events).mapToObj((i) -> {
			SpooledEvent stored = store(spool);
			assertThat(stored).isNotNull();
			return stored;
		}).toList();
	}

	/**
	 * Return an event, or {@code null} if it can't be read at present.
	 */
	static @Nullable LlmUsageEvent load(FileSpool spool, SpooledEvent event) {
		LoadedEvents loaded = spool.load(List.of(event));
		assertThat(loaded.lost()).isEmpty();
		return loaded.events().get(event.idempotencyKey());
	}

	static boolean isLost(FileSpool spool, SpooledEvent event) {
		return spool.load(List.of(event)).lost().contains(event.idempotencyKey());
	}

	static void remove(FileSpool spool, SpooledEvent... events) {
		spool.remove(List.of(events));
	}

	/**
	 * Store events and leave them behind.
	 */
	List<SpooledEvent> leave(int events) {
		FileSpool spool = spool();
		List<SpooledEvent> stored = store(spool, events);
		spool.close();
		return stored;
	}

	Path file(SpooledEvent event) {
		return content().files()
			.stream()
			.filter((file) -> file.getFileName().toString().equals(SpoolFile.name(event)))
			.findFirst()
			.orElseThrow();
	}

	void elapse(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

	static int occurrences(CharSequence output, String text) {
		return output.toString().split(Pattern.quote(text), -1).length - 1;
	}

}
