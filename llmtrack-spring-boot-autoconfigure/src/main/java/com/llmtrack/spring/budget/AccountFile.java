// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.budget;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

import com.llmtrack.spring.files.OwnerOnly;
import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link FileAccountStore}, and a copy of what was last read or written, so
 * that a file that nobody has written since is not read again. Each write gives the file
 * a random name of its content, as the time and the size may be the same after another
 * process has written it.
 * <p>
 * <b>Threads:</b> for one at a time, of all processes. A damaged file is put aside, and
 * the accounts begin again at 0.
 */
final class AccountFile {

	private static final Log logger = LogFactory.getLog(AccountFile.class);

	private final Path path;

	private @Nullable Copy copy;

	private final LogOnce oncePerMinute = LogOnce.perMinute(System::nanoTime);

	AccountFile(Path path) {
		this.path = path;
	}

	/**
	 * Return the accounts, none if there is no file. Only {@link #write} may get them
	 * changed, as what is changed here is not kept.
	 */
	Map<AccountKey, KeptAccount> read() throws IOException {
		Copy copy = this.copy;
		// Forgotten unless it turns out to be true
		this.copy = null;
		try {
			State state = State.of(this.path);
			if (copy == null || !copy.state().equals(state)) {
				copy = new Copy(state, AccountFormat.read(Files.readAllBytes(this.path)));
			}
			this.copy = copy;
			return copy.accounts();
		}
		catch (NoSuchFileException ex) {
			return new HashMap<>();
		}
		catch (IllegalArgumentException ex) {
			putAside(ex);
			return new HashMap<>();
		}
	}

	private void putAside(Exception damage) throws IOException {
		Files.move(this.path, sibling(".unreadable"), StandardCopyOption.REPLACE_EXISTING);
		if (this.oncePerMinute.isDue("unreadable")) {
			logger.warn("The file " + this.path + " with accounts of budgets is damaged ("
					+ damage.getClass().getSimpleName() + "); they begin again at 0. What is left of it is "
					+ "kept with the ending .unreadable.");
		}
	}

	/**
	 * Change the accounts, and write a file that others see complete or not at all, also
	 * if the process is killed. If this throws, the file is what it was.
	 */
	void write(Change change) throws IOException {
		Map<AccountKey, KeptAccount> accounts = read();
		// Forgotten if changing or writing fails
		this.copy = null;
		change.apply(accounts);
		Path temporary = sibling(".tmp");
		try {
			try (ByteChannel channel = Files.newByteChannel(temporary, EnumSet.of(StandardOpenOption.CREATE,
					StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE), OwnerOnly.file(temporary))) {
				ByteBuffer content = ByteBuffer.wrap(AccountFormat.write(accounts));
				while (content.hasRemaining()) {
					channel.write(content);
				}
			}
			// Before the move, as nothing may fail after it
			Copy copy = new Copy(State.of(temporary), accounts);
			Files.move(temporary, this.path, StandardCopyOption.ATOMIC_MOVE);
			this.copy = copy;
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(temporary);
			throw ex;
		}
	}

	private Path sibling(String ending) {
		return this.path.resolveSibling(this.path.getFileName() + ending);
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	/**
	 * A change of accounts.
	 */
	interface Change {

		void apply(Map<AccountKey, KeptAccount> accounts);

	}

	private record Copy(State state, Map<AccountKey, KeptAccount> accounts) {
	}

	/**
	 * Tells whether a file has been written: our processes change the first line, and
	 * somebody who edits it or a disk that loses a part of it the rest.
	 */
	private record State(String firstLine, long size, FileTime modified, @Nullable Object fileKey) {

		static State of(Path path) throws IOException {
			try (InputStream stream = Files.newInputStream(path)) {
				BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
				String firstLine = new String(stream.readNBytes(AccountFormat.FIRST_LINE_LENGTH),
						StandardCharsets.US_ASCII);
				return new State(firstLine, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
			}
		}

	}

}
