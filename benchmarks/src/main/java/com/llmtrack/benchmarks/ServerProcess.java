/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
