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

import java.nio.file.Path;

import org.springframework.util.Assert;

/**
 * Where pending events are kept, and how many.
 *
 * @param directory the directory, which is created if it is missing
 * @param maxEvents how many events one process keeps there
 * @param maxBytes how much space they take altogether
 * @since 0.1.0
 */
public record SpoolSettings(Path directory, int maxEvents, long maxBytes) {

	public SpoolSettings {
		Assert.isTrue(maxEvents > 0, "'maxEvents' must be positive");
		Assert.isTrue(maxBytes > 0, "'maxBytes' must be positive");
	}

}
