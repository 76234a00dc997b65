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

package com.llmtrack.spring.actuate;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.delivery.Answer;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.PendingEvent;

/**
 * A transport that answers as it is told.
 */
final class ScriptedTransport implements EventTransport {

	final List<PendingEvent> sent = new CopyOnWriteArrayList<>();

	volatile Answer answer = new Answer.Accepted(false);

	volatile RuntimeException failure;

	@Override
	public CompletionStage<Answer> send(PendingEvent event) {
		this.sent.add(event);
		if (this.failure != null) {
			throw this.failure;
		}
		return CompletableFuture.completedStage(this.answer);
	}

	@Override
	public void close() {
	}

}
