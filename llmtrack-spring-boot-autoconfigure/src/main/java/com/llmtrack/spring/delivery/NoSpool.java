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

package com.llmtrack.spring.delivery;

import java.time.Instant;
import java.util.List;

import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Where nothing is stored: pending events live in memory only.
 */
final class NoSpool implements EventSpool {

	@Override
	public List<SpooledEvent> adopt() {
		return List.of();
	}

	@Override
	public @Nullable SpooledEvent store(String idempotencyKey, Instant recordedAt, LlmUsageEvent event) {
		return null;
	}

	@Override
	public @Nullable LlmUsageEvent load(SpooledEvent event) {
		return null;
	}

	@Override
	public void remove(SpooledEvent event) {
	}

	@Override
	public void close() {
	}

}
