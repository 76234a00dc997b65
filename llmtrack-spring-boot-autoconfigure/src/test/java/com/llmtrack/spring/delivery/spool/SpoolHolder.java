// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.UnspooledEvent;
import com.llmtrack.spring.delivery.http.JsonEventCodec;
import com.llmtrack.spring.json.Json;

/**
 * Another user of a spool, in another process or another class loader.
 */
public final class SpoolHolder {

	private SpoolHolder() {
	}

	/**
	 * Store events, create a file to say so, and live until the input ends.
	 */
	public static void main(String[] args) throws IOException {
		hold(args[0], Integer.parseInt(args[1]));
		Files.createFile(Path.of(args[2]));
		System.exit(System.in.read());
	}

	/**
	 * Store events.
	 * @return the spool
	 */
	public static AutoCloseable hold(String directory, int events) {
		FileSpool spool = new FileSpool(new SpoolSettings(Path.of(directory), 1000, 1_000_000),
				new JsonEventCodec(Json.get(), true));
		spool.upkeep();
		for (int i = 0; i < events; i++) {
			UnspooledEvent event = new UnspooledEvent(UUID.randomUUID().toString(), Instant.now(),
					LlmUsageEvent.builder().model("model-" + i).build());
			if (spool.store(List.of(event)).isEmpty()) {
				throw new IllegalStateException("Not stored");
			}
		}
		return spool;
	}

}
