// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;

import org.jspecify.annotations.Nullable;

/**
 * Sole ownership of the files of one instance: a lock on a file, which the operating
 * system takes back when the process ends, however it ends.
 * <p>
 * Within one JVM such locks do not suffice: on POSIX systems, whoever opens and closes
 * the file releases the lock that somebody else in the process holds. So the lock is also
 * noted in the system properties, which all class loaders of the JVM share.
 */
final class InstanceLock implements Closeable {

	private final String note;

	private final FileChannel channel;

	private InstanceLock(String note, FileChannel channel) {
		this.note = note;
		this.channel = channel;
	}

	/**
	 * Acquire the lock, without waiting.
	 * @param file the file to lock, with a name that is unique
	 * @param create whether to create the file if it is missing
	 * @return the lock, or {@code null} if somebody else has it, or if there is no file
	 * @throws IOException if the file can't be created or locked
	 */
	static @Nullable InstanceLock tryAcquire(Path file, boolean create) throws IOException {
		String note = InstanceLock.class.getName() + "." + file.getFileName();
		if (System.getProperties().putIfAbsent(note, "held") != null) {
			return null;
		}
		InstanceLock lock = null;
		try {
			lock = tryLock(file, create, note);
			return lock;
		}
		finally {
			if (lock == null) {
				System.clearProperty(note);
			}
		}
	}

	private static @Nullable InstanceLock tryLock(Path file, boolean create, String note) throws IOException {
		FileChannel channel = open(file, create);
		if (channel == null) {
			return null;
		}
		FileLock lock = null;
		try {
			lock = channel.tryLock();
			return (lock != null) ? new InstanceLock(note, channel) : null;
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
		finally {
			if (lock == null) {
				channel.close();
			}
		}
	}

	private static @Nullable FileChannel open(Path file, boolean create) throws IOException {
		try {
			return FileChannel.open(file, create ? EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE)
					: EnumSet.of(StandardOpenOption.WRITE), OwnerOnly.file(file));
		}
		catch (NoSuchFileException ex) {
			if (create) {
				throw ex;
			}
			return null;
		}
	}

	@Override
	public void close() throws IOException {
		try {
			this.channel.close();
		}
		finally {
			System.clearProperty(this.note);
		}
	}

}
