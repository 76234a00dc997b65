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

package com.llmtrack.spring.instrumentation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * One call of a model, from its start to its only end. The signals of a stream may come
 * from different threads, though one after the other; a cancellation may come at any
 * time.
 */
final class ModelCall {

	private final @Nullable String feature;

	private final long startedAt = System.nanoTime();

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean delegated;

	private volatile TokenUsage usage = TokenUsage.UNKNOWN;

	private volatile @Nullable String model;

	/**
	 * Start a call.
	 * @param outer the call that this one is made within, if any; as this one is measured
	 * itself, the outer one only passed the request on
	 * @param feature the feature that the call is made for, if any
	 */
	ModelCall(@Nullable ModelCall outer, @Nullable String feature) {
		this.feature = feature;
		if (outer != null) {
			outer.delegate();
		}
	}

	/**
	 * Take from an answer, or from a chunk of one, what it says about usage and model.
	 */
	void observe(@Nullable ChatResponse response) {
		ChatResponseMetadata metadata = (response != null) ? response.getMetadata() : null;
		if (metadata == null) {
			return;
		}
		TokenUsage reported = TokenUsage.of(metadata.getUsage());
		if (reported != TokenUsage.UNKNOWN) {
			this.usage = this.usage.max(reported);
		}
		String reportedModel = metadata.getModel();
		if (reportedModel != null && !reportedModel.isBlank()) {
			this.model = reportedModel;
		}
	}

	/**
	 * End this call.
	 * @return whether this was its first end
	 */
	boolean end() {
		return this.ended.compareAndSet(false, true);
	}

	/**
	 * Note that the request was passed on to another model.
	 */
	void delegate() {
		this.delegated = true;
	}

	/**
	 * Return whether the request was passed on to another model, which is measured
	 * itself, as a routing or a fallback model does.
	 */
	boolean isDelegated() {
		return this.delegated;
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startedAt);
	}

	TokenUsage usage() {
		return this.usage;
	}

	/**
	 * Return the model that answered, or {@code null} as long as none was named.
	 */
	@Nullable String model() {
		return this.model;
	}

	@Nullable String feature() {
		return this.feature;
	}

}
