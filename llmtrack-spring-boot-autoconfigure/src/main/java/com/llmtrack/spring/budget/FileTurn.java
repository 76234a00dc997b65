// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.locks.LockSupport;

import com.llmtrack.spring.files.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * Has one user of a file at a time, of all threads, class loaders and processes on this
 * machine. The others wait, for a second at most. The operating system ends the turn of a
 * process that ends.
 */
final class FileTurn {

	private static final long MAX_WAIT = Duration.ofSeconds(1).toNanos();

	private static final long INTERVAL = Duration.ofMillis(5).toNanos();

	private final Path lockFile;

	/**
	 * A lock on a file is one of the process, and is released as soon as any thread opens
	 * and closes the file. So another class loader of this JVM must not get as far as
	 * that, and the only object that all of them share is an interned text.
	 */
	private final Object monitor;

	FileTurn(Path lockFile) {
		this.lockFile = lockFile;
		this.monitor = ("com.llmtrack.spring.budget:" + lockFile.toAbsolutePath().normalize()).intern();
	}

	/**
	 * Use the file.
	 * @param action what to do with it
	 * @throws IOException if somebody else has it for too long, or if the action fails
	 */
	<T> T use(Action<T> action) throws IOException {
		synchronized (this.monitor) {
			try (FileChannel channel = FileChannel.open(this.lockFile,
					EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE), OwnerOnly.file(this.lockFile));
					FileLock lock = lock(channel)) {
				return action.run();
			}
		}
	}

	private FileLock lock(FileChannel channel) throws IOException {
		long begin = System.nanoTime();
		@Nullable FileLock lock = channel.tryLock();
		while (lock == null) {
			if (System.nanoTime() - begin > MAX_WAIT) {
				throw new FileSystemException(this.lockFile.toString(), null, "locked by another process");
			}
			LockSupport.parkNanos(INTERVAL);
			lock = channel.tryLock();
		}
		return lock;
	}

	/**
	 * What to do with a file.
	 *
	 * @param <T> the type of the result
	 */
	interface Action<T> {

		T run() throws IOException;

	}

}
