// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;

import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

import com.llmtrack.spring.files.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive ownership of the files of one instance: a lock on a file, which the operating
 * system releases when the process ends, however it ends.
 * <p>
 * Within one JVM such a lock does not suffice: on POSIX systems, it is released as soon
 * as anybody in the process opens and closes the file. So the name of the file is first
 * claimed in the platform MBean server, which all class loaders of the JVM share. The
 * claim is an object of the JDK, so that it keeps no class loader alive.
 */
final class InstanceLock implements Closeable {

	/** The interface of the claim, which has to have one. */
	static final Class<CharSequence> CLAIM = CharSequence.class;

	private final ObjectName claim;

	private final FileChannel channel;

	private InstanceLock(ObjectName claim, FileChannel channel) {
		this.claim = claim;
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
		ObjectName claim = tryClaim(file);
		if (claim == null) {
			return null;
		}
		InstanceLock lock = null;
		try {
			lock = tryLock(file, create, claim);
			return lock;
		}
		finally {
			if (lock == null) {
				release(claim);
			}
		}
	}

	private static @Nullable ObjectName tryClaim(Path file) throws IOException {
		try {
			ObjectName claim = new ObjectName(
					"com.llmtrack.spring:type=SpoolLock,name=" + ObjectName.quote(file.getFileName().toString()));
			ManagementFactory.getPlatformMBeanServer().registerMBean(new StandardMBean("held", CLAIM), claim);
			return claim;
		}
		catch (InstanceAlreadyExistsException ex) {
			return null;
		}
		catch (JMException ex) {
			throw new IOException(ex);
		}
	}

	private static void release(ObjectName claim) throws IOException {
		try {
			ManagementFactory.getPlatformMBeanServer().unregisterMBean(claim);
		}
		catch (InstanceNotFoundException ex) {
			// Released before
		}
		catch (JMException ex) {
			throw new IOException(ex);
		}
	}

	private static @Nullable InstanceLock tryLock(Path file, boolean create, ObjectName claim) throws IOException {
		FileChannel channel = open(file, create);
		if (channel == null) {
			return null;
		}
		FileLock lock = null;
		try {
			lock = channel.tryLock();
			return (lock != null) ? new InstanceLock(claim, channel) : null;
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
			release(this.claim);
		}
	}

}
