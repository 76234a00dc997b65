// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.EventSpool;
import com.llmtrack.spring.delivery.LoadedEvents;
import com.llmtrack.spring.delivery.SpoolTurn;
import com.llmtrack.spring.delivery.SpoolUpkeep;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;

/**
 * Stores each pending event in a file of its own, which contains the body of the request
 * and is named by the idempotency key, unless the application gave the event another one:
 * that is in the file. No file contains the key for LLMtrack.
 * <p>
 * <b>Threads:</b> the delivery thread, which blocks on the disk, and the one that closes
 * the spool, which waits for the other for a second at most. <b>Loss:</b> stored events
 * survive a killed process; as files are not forced to the disk, a power failure can lose
 * the events of the last seconds. An event that comes after the spool was closed is
 * stored like one of a process that has ended. <b>Processes:</b> any number may share a
 * directory; each owns what it wrote, and adopts the files of dead ones. <b>Failures:</b>
 * while the directory can't be used, nothing is stored, and it is tried again now and
 * then.
 */
public final class FileSpool implements EventSpool {

	private static final Duration UPKEEP_INTERVAL = Duration.ofMinutes(1);

	private final EventFiles files;

	private final SpoolTurn turn;

	/**
	 * Create a spool. Nothing is read or written before its first use.
	 * @param settings where events are kept, and how many
	 * @param codec writes and reads events
	 */
	public FileSpool(SpoolSettings settings, EventCodec codec) {
		this(settings, codec, System::nanoTime);
	}

	FileSpool(SpoolSettings settings, EventCodec codec, LongSupplier clock) {
		this.files = new EventFiles(settings, codec, clock);
		this.turn = new SpoolTurn(this.files::close);
	}

	@Override
	public void open() {
		// The disk does not depend on the application
	}

	@Override
	public Duration upkeepInterval() {
		return UPKEEP_INTERVAL;
	}

	@Override
	public SpoolUpkeep upkeep() {
		return this.turn.use(() -> new SpoolUpkeep(this.files.adopt(), null), () -> SpoolUpkeep.NONE);
	}

	@Override
	public List<SpooledEvent> store(List<UnspooledEvent> events) {
		Supplier<List<SpooledEvent>> action = () -> events.stream()
			.map(this.files::store)
			.filter(Objects::nonNull)
			.toList();
		return this.turn.use(action, action);
	}

	@Override
	public LoadedEvents load(List<SpooledEvent> events) {
		LoadedEvents loaded = new LoadedEvents(new HashMap<>(), new HashSet<>());
		return this.turn.use(() -> {
			events.forEach((event) -> load(event, loaded));
			return loaded;
		}, () -> loaded);
	}

	private void load(SpooledEvent event, LoadedEvents loaded) {
		try {
			LlmUsageEvent content = this.files.load(event);
			if (content != null) {
				loaded.events().put(event.idempotencyKey(), content);
			}
			else {
				loaded.lost().add(event.idempotencyKey());
			}
		}
		catch (IOException ex) {
			// It can't be read at present
		}
	}

	@Override
	public void remove(List<SpooledEvent> events) {
		// Once closed, the files may belong to another process
		this.turn.use(() -> {
			events.forEach(this.files::remove);
			return null;
		}, () -> null);
	}

	/**
	 * Leave the stored events to the next start, or to another process.
	 */
	@Override
	public void close() {
		this.turn.close();
	}

}
