/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.EventSpool;
import com.llmtrack.spring.delivery.SpooledEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each pending event in a file of its own, which is the body of the request and is
 * named by its idempotency key. The key for LLMtrack is in no file.
 * <p>
 * <b>Threads:</b> the delivery thread, which waits for the disk, and after it the one
 * that closes the spool. <b>Loss:</b> what is in the spool outlasts the process, also if
 * that is killed; as no file is forced to the disk, a loss of power can cost the events
 * of the last seconds. <b>Processes:</b> any number may use one directory; each owns what
 * it wrote, and adopts what those left that no longer live. <b>Failures:</b> while the
 * directory can't be used, nothing is stored and it is tried again now and then.
 *
 * @since 0.1.0
 */
public final class FileSpool implements EventSpool, AutoCloseable {

	private static final long RETRY_INTERVAL = Duration.ofSeconds(10).toNanos();

	private final SpoolSettings settings;

	private final EventCodec codec;

	private final LongSupplier clock;

	private final SpoolLog log;

	private final Deque<SpooledEvent> undeleted = new ArrayDeque<>();

	private volatile @Nullable InstanceDirectory own;

	private volatile boolean closed;

	private @Nullable Long failedAt;

	private int events;

	private long bytes;

	/**
	 * Create a spool. Nothing is read or written before its first use.
	 * @param settings where events are kept, and how many
	 * @param codec writes and reads events
	 */
	public FileSpool(SpoolSettings settings, EventCodec codec) {
		this(settings, codec, System::nanoTime);
	}

	FileSpool(SpoolSettings settings, EventCodec codec, LongSupplier clock) {
		this.settings = settings;
		this.codec = codec;
		this.clock = clock;
		this.log = new SpoolLog(settings.directory(), clock);
	}

	@Override
	public List<SpooledEvent> adopt() {
		List<SpooledEvent> adopted = new ArrayList<>();
		if (isUsable()) {
			try {
				InstanceDirectory own = own();
				deleteUndeleted();
				for (Path other : InstanceDirectory.others(this.settings.directory(), own)) {
					adoptFrom(other, own, adopted);
				}
				reportForeignFiles();
				succeeded();
			}
			catch (IOException | RuntimeException ex) {
				failed(ex);
			}
		}
		this.log.adopted(adopted.size());
		adopted.sort(Comparator.comparing(SpooledEvent::recordedAt));
		return adopted;
	}

	private void adoptFrom(Path directory, InstanceDirectory own, List<SpooledEvent> adopted) {
		try (InstanceDirectory other = InstanceDirectory.tryOwn(directory)) {
			if (other == null) {
				return;
			}
			for (Path file : other.files()) {
				SpooledEvent event = SpoolFile.event(file, Files.size(file));
				if (SpoolFile.isTemporary(file)) {
					Files.delete(file);
				}
				else if (event == null) {
					this.log.foreign(file);
				}
				else if (hasRoom(event.size())) {
					own.takeOver(file);
					count(event);
					adopted.add(event);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			this.log.notAdopted(directory, ex);
		}
	}

	private void reportForeignFiles() throws IOException {
		for (Path file : InstanceDirectory.foreignFiles(this.settings.directory())) {
			this.log.foreign(file);
		}
	}

	@Override
	public @Nullable SpooledEvent store(String idempotencyKey, Instant recordedAt, LlmUsageEvent event) {
		if (!isUsable()) {
			return null;
		}
		byte[] content;
		try {
			content = this.codec.encode(event);
		}
		catch (RuntimeException ex) {
			// Nor can it be sent, which will be found out then
			return null;
		}
		if (!hasRoom(content.length)) {
			this.log.full(this.events, this.bytes);
			return null;
		}
		SpooledEvent spooled = new SpooledEvent(idempotencyKey, recordedAt.truncatedTo(ChronoUnit.MILLIS),
				content.length);
		try {
			own().write(SpoolFile.name(spooled), content);
			count(spooled);
			succeeded();
			return spooled;
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
			return null;
		}
	}

	@Override
	public @Nullable LlmUsageEvent load(SpooledEvent event) {
		String name = SpoolFile.name(event);
		try {
			return this.codec.decode(own().read(name));
		}
		catch (NoSuchFileException ex) {
			this.log.unreadable(name, ex);
			return null;
		}
		catch (IOException ex) {
			failed(ex);
			throw new UncheckedIOException(ex);
		}
		catch (IllegalArgumentException ex) {
			this.log.unreadable(name, ex);
			putAside(name);
			return null;
		}
	}

	private void putAside(String name) {
		try {
			own().putAside(name);
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	@Override
	public void remove(SpooledEvent event) {
		this.events--;
		this.bytes -= event.size();
		try {
			own().delete(SpoolFile.name(event));
		}
		catch (IOException | RuntimeException ex) {
			this.undeleted.add(event);
			failed(ex);
		}
	}

	private void deleteUndeleted() throws IOException {
		for (SpooledEvent event = this.undeleted.peek(); event != null; event = this.undeleted.peek()) {
			own().delete(SpoolFile.name(event));
			this.undeleted.remove();
		}
	}

	private InstanceDirectory own() throws IOException {
		InstanceDirectory own = this.own;
		if (own == null) {
			own = InstanceDirectory.create(this.settings.directory());
			this.own = own;
		}
		return own;
	}

	private boolean hasRoom(long size) {
		return this.events < this.settings.maxEvents() && this.bytes + size <= this.settings.maxBytes();
	}

	private void count(SpooledEvent event) {
		this.events++;
		this.bytes += event.size();
	}

	private boolean isUsable() {
		Long failedAt = this.failedAt;
		return !this.closed && (failedAt == null || this.clock.getAsLong() - failedAt >= RETRY_INTERVAL);
	}

	private void succeeded() {
		if (this.failedAt != null) {
			this.failedAt = null;
			this.log.recovered();
		}
	}

	private void failed(Exception failure) {
		this.failedAt = this.clock.getAsLong();
		this.log.failed(failure);
		InstanceDirectory own = this.own;
		if (own != null && own.isGone()) {
			// Removed by somebody, and our files with it
			release(own);
		}
	}

	/**
	 * Give up what is left to the next start, or to another instance.
	 */
	@Override
	public void close() {
		this.closed = true;
		InstanceDirectory own = this.own;
		if (own != null) {
			try {
				deleteUndeleted();
			}
			catch (IOException | RuntimeException ex) {
				this.log.failed(ex);
			}
			release(own);
		}
	}

	private void release(InstanceDirectory own) {
		this.own = null;
		try {
			own.close();
		}
		catch (IOException ex) {
			this.log.failed(ex);
		}
	}

}
