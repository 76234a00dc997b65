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

package com.llmtrack.spring.delivery.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.SpooledEvent;
import com.llmtrack.spring.delivery.http.JsonEventCodec;

/**
 * Somebody else who uses a spool: in another process, or by another class loader.
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
				new JsonEventCodec(true));
		spool.adopt();
		for (int i = 0; i < events; i++) {
			SpooledEvent stored = spool.store(UUID.randomUUID().toString(), Instant.now(),
					LlmUsageEvent.builder().model("model-" + i).build());
			if (stored == null) {
				throw new IllegalStateException("Not stored");
			}
		}
		return spool;
	}

}
