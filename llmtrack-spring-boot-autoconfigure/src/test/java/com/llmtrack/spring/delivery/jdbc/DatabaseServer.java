// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.jdbc;

import java.io.IOException;

import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.Assert;

/**
 * Controls the server of {@code TestDatabase.CONTROLLED_POSTGRESQL}.
 */
final class DatabaseServer {

	private DatabaseServer() {
	}

	/**
	 * Pause all processes of the server, until {@link #resume()}.
	 */
	static void pause() {
		run("pause");
	}

	static void resume() {
		run("resume");
	}

	static void kill() {
		run("kill");
	}

	static void start() {
		run("start");
	}

	private static void run(String argument) {
		String command = new StandardEnvironment().getRequiredProperty("llmtrack.test.postgresql.control");
		try {
			int status = new ProcessBuilder(command, argument).inheritIO().start().waitFor();
			Assert.state(status == 0, () -> command + " " + argument + " returned " + status);
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
