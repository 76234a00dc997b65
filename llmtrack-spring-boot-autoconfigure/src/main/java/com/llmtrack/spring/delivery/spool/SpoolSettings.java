// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.spool;

import java.nio.file.Path;

import org.springframework.util.Assert;

/**
 * Where pending events are kept, and how many.
 *
 * @param directory the directory, which is created if it is missing
 * @param maxEvents how many events one process keeps there
 * @param maxBytes how much space they take altogether
 */
public record SpoolSettings(Path directory, int maxEvents, long maxBytes) {

	public SpoolSettings {
		Assert.isTrue(maxEvents > 0, "'maxEvents' must be positive");
		Assert.isTrue(maxBytes > 0, "'maxBytes' must be positive");
	}

}
