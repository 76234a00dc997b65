// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.llmtrack.spring.files.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * The files of one instance: a directory below the spool's, and beside it a lock file.
 * Whoever holds the lock owns the files. The lock is created before the directory and
 * removed after it, so that nobody mistakes a new instance for a dead one.
 */
final class InstanceDirectory implements Closeable {

	private static final String PREFIX = "llmtrack-";

	private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private static final String LOCK = ".lock";

	private static final String UNREADABLE = ".unreadable";

	/** Has what budgets keep beside the spool. */
	private static final String BUDGETS = "budgets";

	private static final int MAX_ATTEMPTS = 10;

	private final Path directory;

	private final Path lockFile;

	private final InstanceLock lock;

	private InstanceDirectory(Path directory, Path lockFile, InstanceLock lock) {
		this.directory = directory;
		this.lockFile = lockFile;
		this.lock = lock;
	}

	/**
	 * Create a directory of our own.
	 */
	static InstanceDirectory create(Path root) throws IOException {
		OwnerOnly.createDirectories(root);
		for (int i = 0; i < MAX_ATTEMPTS; i++) {
			InstanceDirectory instance = tryCreate(root.resolve(PREFIX + UUID.randomUUID()));
			if (instance != null) {
				return instance;
			}
		}
		throw new IOException("Can't keep a lock in " + root);
	}

	private static @Nullable InstanceDirectory tryCreate(Path directory) throws IOException {
		InstanceDirectory instance = null;
		boolean created = false;
		try {
			instance = tryOwn(directory, true);
			if (instance != null) {
				OwnerOnly.createDirectories(directory);
				created = true;
			}
			// Else somebody has mistaken the new lock for a dead instance's
			return instance;
		}
		finally {
			if (!created) {
				discard(directory, instance);
			}
		}
	}

	private static void discard(Path directory, @Nullable InstanceDirectory instance) throws IOException {
		try {
			Files.deleteIfExists(lockFile(directory));
		}
		finally {
			if (instance != null) {
				instance.lock.close();
			}
		}
	}

	/**
	 * Return the directories of other instances, live or dead.
	 */
	static List<Path> others(Path root, InstanceDirectory own) throws IOException {
		try (Stream<Path> files = Files.list(root)) {
			return files.filter(InstanceDirectory::isInstance)
				.map(InstanceDirectory::directoryOf)
				.filter((directory) -> !directory.equals(own.directory))
				.distinct()
				.sorted()
				.toList();
		}
	}

	/**
	 * Return the directory that a lock file belongs to, so that a lock without one is
	 * found as well.
	 */
	private static Path directoryOf(Path file) {
		String name = file.getFileName().toString();
		return name.endsWith(LOCK) ? file.resolveSibling(name.substring(0, name.length() - LOCK.length())) : file;
	}

	/**
	 * Return the files in the spool's directory that are not LLMtrack's.
	 */
	static List<Path> foreignFiles(Path root) throws IOException {
		try (Stream<Path> files = Files.list(root)) {
			return files
				.filter((file) -> !isInstance(file) && !file.toString().endsWith(UNREADABLE) && !isOfBudgets(file))
				.toList();
		}
	}

	private static boolean isOfBudgets(Path file) {
		return file.getFileName().toString().equals(BUDGETS) && isDirectory(file);
	}

	private static boolean isInstance(Path file) {
		Path directory = directoryOf(file);
		return NAME.matcher(directory.getFileName().toString()).matches()
				&& (!directory.equals(file) || isDirectory(directory));
	}

	private static boolean isDirectory(Path file) {
		return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
	}

	private static Path lockFile(Path directory) {
		return directory.resolveSibling(directory.getFileName() + LOCK);
	}

	/**
	 * Own a directory, if nobody does.
	 * @return the directory, or {@code null} if its owner is alive or it has just been
	 * removed
	 */
	static @Nullable InstanceDirectory tryOwn(Path directory) throws IOException {
		// Creates a lock only for a directory that exists
		return tryOwn(directory, isDirectory(directory));
	}

	private static @Nullable InstanceDirectory tryOwn(Path directory, boolean create) throws IOException {
		Path lockFile = lockFile(directory);
		InstanceLock lock = InstanceLock.tryAcquire(lockFile, create);
		if (lock != null && !Files.exists(lockFile)) {
			// Its former owner has removed the file meanwhile, so that it locks nothing
			lock.close();
			return null;
		}
		return (lock != null) ? new InstanceDirectory(directory, lockFile, lock) : null;
	}

	/**
	 * Return whether the directory was removed; {@code false} if that is unknown.
	 */
	boolean isGone() {
		return Files.notExists(this.directory);
	}

	List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.sorted().toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	/**
	 * Write a file that others see complete or not at all, also if the process is killed.
	 */
	void write(String name, byte[] content) throws IOException {
		Path file = this.directory.resolve(name);
		Path temporary = this.directory.resolve(SpoolFile.temporary(name));
		// It would close the channel
		boolean interrupted = Thread.interrupted();
		try {
			try (ByteChannel channel = Files.newByteChannel(temporary,
					EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(temporary))) {
				ByteBuffer buffer = ByteBuffer.wrap(content);
				while (buffer.hasRemaining()) {
					channel.write(buffer);
				}
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(temporary);
			throw ex;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	byte[] read(String name) throws IOException {
		return Files.readAllBytes(this.directory.resolve(name));
	}

	void delete(String name) throws IOException {
		Files.deleteIfExists(this.directory.resolve(name));
	}

	/**
	 * Move a file of another instance, which we own as well, to this one.
	 */
	void takeOver(Path file) throws IOException {
		Files.move(file, this.directory.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Move a file to the spool's directory, where it can be inspected.
	 */
	void putAside(String name) throws IOException {
		Files.move(this.directory.resolve(name), this.directory.resolveSibling(name + UNREADABLE),
				StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * Release the directory, and remove it if it is empty.
	 */
	@Override
	public void close() throws IOException {
		try (this.lock) {
			Files.deleteIfExists(this.directory);
			Files.deleteIfExists(this.lockFile);
		}
		catch (DirectoryNotEmptyException ex) {
			// Another instance adopts the files
		}
	}

}
