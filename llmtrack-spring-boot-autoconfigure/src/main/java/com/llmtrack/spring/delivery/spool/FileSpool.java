// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.EventCodec;
import com.llmtrack.spring.delivery.EventSpool;
import com.llmtrack.spring.delivery.SpooledEvent;
import org.jspecify.annotations.Nullable;

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

	private final EventFiles files;

	private final ReentrantLock turn = new ReentrantLock();

	private volatile boolean closed;

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
	}

	@Override
	public List<SpooledEvent> adopt() {
		return inTurn(this.files::adopt, List::of);
	}

	@Override
	public @Nullable SpooledEvent store(String idempotencyKey, Instant recordedAt, LlmUsageEvent event) {
		Supplier<@Nullable SpooledEvent> action = () -> this.files.store(idempotencyKey, recordedAt, event);
		return inTurn(action, action);
	}

	@Override
	public @Nullable LlmUsageEvent load(SpooledEvent event) {
		return inTurn(() -> this.files.load(event), () -> {
			throw new UncheckedIOException(new IOException("The spool is closed"));
		});
	}

	@Override
	public void remove(SpooledEvent event) {
		// Once closed, the file may belong to another process
		inTurn(() -> {
			this.files.remove(event);
			return null;
		}, () -> null);
	}

	private <T extends @Nullable Object> T inTurn(Supplier<T> action, Supplier<T> whenClosed) {
		this.turn.lock();
		try {
			return (this.closed ? whenClosed : action).get();
		}
		finally {
			endTurn();
		}
	}

	/**
	 * Leave the stored events to the next start, or to another process.
	 */
	@Override
	public void close() {
		this.closed = true;
		boolean interrupted = Thread.interrupted();
		try {
			// A thread that blocks on the disk closes the files itself afterwards
			if (this.turn.tryLock(1, TimeUnit.SECONDS)) {
				endTurn();
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void endTurn() {
		try {
			if (this.closed) {
				this.files.close();
			}
		}
		finally {
			this.turn.unlock();
		}
	}

}
