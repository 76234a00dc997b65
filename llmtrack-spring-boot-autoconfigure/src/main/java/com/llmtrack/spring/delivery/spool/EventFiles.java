// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import com.llmtrack.spring.delivery.SpooledEvent;
import org.jspecify.annotations.Nullable;

/**
 * The event files owned by this process, including those adopted from dead processes. A
 * failure with one file does not keep others from being stored, read or removed. Used by
 * one thread at a time.
 */
final class EventFiles implements Closeable {

	private static final long RETRY_INTERVAL = Duration.ofSeconds(10).toNanos();

	private final SpoolSettings settings;

	private final EventCodec codec;

	private final LongSupplier clock;

	private final SpoolLog log;

	private final Deque<SpooledEvent> undeleted = new ArrayDeque<>();

	private @Nullable InstanceDirectory own;

	private @Nullable Long failedAt;

	private int events;

	private long bytes;

	EventFiles(SpoolSettings settings, EventCodec codec, LongSupplier clock) {
		this.settings = settings;
		this.codec = codec;
		this.clock = clock;
		this.log = new SpoolLog(settings.directory(), clock);
	}

	List<SpooledEvent> adopt() {
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
			if (other != null) {
				for (Path file : other.files()) {
					adoptFrom(other, file, own, adopted);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			this.log.notAdopted(directory, ex);
		}
	}

	private void adoptFrom(InstanceDirectory other, Path file, InstanceDirectory own, List<SpooledEvent> adopted)
			throws IOException {
		if (SpoolFile.isTemporary(file)) {
			other.delete(file.getFileName().toString());
			return;
		}
		SpooledEvent event = SpoolFile.event(file);
		if (event == null) {
			this.log.foreign(file);
		}
		else if (hasRoom(event.size())) {
			own.takeOver(file);
			count(event);
			adopted.add(event);
		}
		else {
			this.log.full(this.events, this.bytes);
		}
	}

	private void reportForeignFiles() throws IOException {
		for (Path file : InstanceDirectory.foreignFiles(this.settings.directory())) {
			this.log.foreign(file);
		}
	}

	@Nullable SpooledEvent store(String idempotencyKey, Instant recordedAt, LlmUsageEvent event) {
		if (!isUsable()) {
			return null;
		}
		byte[] content;
		try {
			content = this.codec.encode(event);
		}
		catch (RuntimeException ex) {
			// It can't be sent either, which is reported then
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
			this.log.stored();
			return spooled;
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
			return null;
		}
	}

	@Nullable LlmUsageEvent load(SpooledEvent event) {
		String name = SpoolFile.name(event);
		try {
			return this.codec.decode(read(name));
		}
		catch (NoSuchFileException | IllegalArgumentException ex) {
			this.log.unreadable(name, ex);
			putAside(name);
			return null;
		}
		catch (IOException ex) {
			this.log.notRead(name, ex);
			throw new UncheckedIOException(ex);
		}
	}

	private byte[] read(String name) throws IOException {
		InstanceDirectory own = this.own;
		if (own == null) {
			// Removed with the directory
			throw new NoSuchFileException(name);
		}
		return own.read(name);
	}

	private void putAside(String name) {
		InstanceDirectory own = this.own;
		try {
			if (own != null) {
				own.putAside(name);
			}
		}
		catch (IOException | RuntimeException ex) {
			// It is then removed instead
		}
	}

	void remove(SpooledEvent event) {
		try {
			delete(event);
		}
		catch (IOException | RuntimeException ex) {
			this.undeleted.add(event);
			failed(ex);
		}
	}

	private void delete(SpooledEvent event) throws IOException {
		InstanceDirectory own = this.own;
		if (own != null) {
			own.delete(SpoolFile.name(event));
		}
		this.events--;
		this.bytes -= event.size();
	}

	private void deleteUndeleted() {
		this.undeleted.removeIf((event) -> {
			try {
				delete(event);
				return true;
			}
			catch (IOException | RuntimeException ex) {
				return false;
			}
		});
	}

	private InstanceDirectory own() throws IOException {
		InstanceDirectory own = this.own;
		if (own != null && this.failedAt != null && own.isGone()) {
			// Somebody removed it, with our files
			release(own);
			own = null;
		}
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
		return failedAt == null || this.clock.getAsLong() - failedAt >= RETRY_INTERVAL;
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
	}

	@Override
	public void close() {
		InstanceDirectory own = this.own;
		if (own != null) {
			deleteUndeleted();
			release(own);
		}
	}

	private void release(InstanceDirectory own) {
		this.own = null;
		try {
			own.close();
		}
		catch (IOException | RuntimeException ex) {
			this.log.failed(ex);
		}
	}

}
