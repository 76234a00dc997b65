// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * An {@link EventServer}, on the class path that {@code benchmarks.class-path} names or
 * else on ours.
 */
final class ServerProcess implements AutoCloseable {

	private final Process process;

	private final URI url;

	private ServerProcess(Process process, URI url) {
		this.process = process;
		this.url = url;
	}

	static ServerProcess start() {
		try {
			Process process = new ProcessBuilder(System.getProperty("java.home") + File.separator + "bin/java", "-cp",
					System.getProperty("benchmarks.class-path", System.getProperty("java.class.path")),
					EventServer.class.getName())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			BufferedReader output = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			String port = output.readLine();
			return new ServerProcess(process, URI.create("http://localhost:" + Integer.parseInt(port)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI url() {
		return this.url;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
