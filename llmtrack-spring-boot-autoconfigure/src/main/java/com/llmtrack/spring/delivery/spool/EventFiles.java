// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EncodedEvent;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.SpoolLog;
import com.llmtrack.spring.delivery.SpoolState;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import org.jspecify.annotations.Nullable;

/**
 * The event files owned by this process, including those adopted from dead processes. A
 * failure with one file does not keep others from being stored, read or removed. Used by
 * one thread at a time.
 */
final class EventFiles implements Closeable {

	private final SpoolSettings settings;

	private final EventCodec codec;

	private final SpoolLog log;

	private final FileLog fileLog;

	private final SpoolState state;

	private final Deque<SpooledEvent> undeleted = new ArrayDeque<>();

	private @Nullable InstanceDirectory own;

	EventFiles(SpoolSettings settings, EventCodec codec, LongSupplier clock) {
		this.settings = settings;
		this.codec = codec;
		this.log = new SpoolLog("The spool " + settings.directory(),
				(failure) -> "llmtrack.spool.directory can be written to and has room", clock);
		this.fileLog = new FileLog(settings.directory(), clock);
		this.state = new SpoolState(settings.maxEvents(), settings.maxBytes(), SpoolState.RETRY_INTERVAL, this.log,
				clock);
	}

	List<SpooledEvent> adopt() {
		List<SpooledEvent> adopted = new ArrayList<>();
		if (this.state.isUsable()) {
			try {
				InstanceDirectory own = own();
				deleteUndeleted();
				for (Path other : InstanceDirectory.others(this.settings.directory(), own)) {
					adoptFrom(other, own, adopted);
				}
				reportForeignFiles();
				this.state.succeeded();
			}
			catch (IOException | RuntimeException ex) {
				this.state.failed(ex);
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
			this.fileLog.notAdopted(directory, ex);
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
			this.fileLog.foreign(file);
		}
		else if (this.state.hasRoom(event.size())) {
			own.takeOver(file);
			this.state.added(event);
			adopted.add(event);
		}
	}

	private void reportForeignFiles() throws IOException {
		for (Path file : InstanceDirectory.foreignFiles(this.settings.directory())) {
			this.fileLog.foreign(file);
		}
	}

	@Nullable SpooledEvent store(UnspooledEvent event) {
		if (!this.state.isUsable()) {
			return null;
		}
		EncodedEvent encoded = EncodedEvent.of(event, this.codec);
		if (encoded == null || !this.state.hasRoom(encoded.event().size())) {
			return null;
		}
		SpooledEvent spooled = encoded.event();
		try {
			own().write(SpoolFile.name(spooled), encoded.body());
			this.state.added(spooled);
			this.state.succeeded();
			return spooled;
		}
		catch (IOException | RuntimeException ex) {
			this.state.failed(ex);
			return null;
		}
	}

	/**
	 * Read an event.
	 * @return the event, or {@code null} if it is damaged or gone
	 * @throws IOException if it can't be read at present
	 */
	@Nullable LlmUsageEvent load(SpooledEvent event) throws IOException {
		String name = SpoolFile.name(event);
		try {
			return this.codec.decode(read(name));
		}
		catch (NoSuchFileException | IllegalArgumentException ex) {
			this.fileLog.unreadable(name, ex);
			putAside(name);
			return null;
		}
		catch (IOException ex) {
			this.fileLog.notRead(name, ex);
			throw ex;
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
			this.state.failed(ex);
		}
	}

	private void delete(SpooledEvent event) throws IOException {
		InstanceDirectory own = this.own;
		if (own != null) {
			own.delete(SpoolFile.name(event));
		}
		this.state.removed(event);
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
		if (own != null && this.state.isFailed() && own.isGone()) {
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
