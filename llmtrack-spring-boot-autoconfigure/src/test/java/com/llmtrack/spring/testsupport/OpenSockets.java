// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The sockets that this process has open.
 */
public final class OpenSockets {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private OpenSockets() {
	}

	/**
	 * Return the number of sockets, or 0 where the operating system does not tell.
	 */
	public static long count() {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return 0;
		}
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			return descriptors.filter(OpenSockets::isSocket).count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			// Closed meanwhile
			return false;
		}
	}

}
