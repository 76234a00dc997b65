// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Creates files and directories that only their owner can access. On file systems without
 * POSIX permissions, those of the parent directory apply.
 */
public final class OwnerOnly {

	private OwnerOnly() {
	}

	/**
	 * Return what to create a file with.
	 * @param file the file
	 */
	public static FileAttribute<?>[] file(Path file) {
		return attributes(file, "rw-------");
	}

	/**
	 * Create a directory and its parents, unless it exists.
	 */
	public static void createDirectories(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory, attributes(directory, "rwx------"));
		}
	}

	private static FileAttribute<?>[] attributes(Path path, String permissions) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

}
