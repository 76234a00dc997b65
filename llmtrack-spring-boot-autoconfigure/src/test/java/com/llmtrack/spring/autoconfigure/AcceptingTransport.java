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

package com.llmtrack.spring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.llmtrack.spring.delivery.Answer;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.PendingEvent;

/**
 * A transport that has each event accepted at once.
 */
final class AcceptingTransport implements EventTransport {

	/**
	 * Create a dispatcher with such a transport, for applications with one of their own.
	 */
	static EventDispatcher dispatcher() {
		return new EventDispatcher(new DeliverySettings(1, 1, Duration.ZERO), new AcceptingTransport());
	}

	@Override
	public CompletionStage<Answer> send(PendingEvent event) {
		return CompletableFuture.completedStage(new Answer.Accepted(false));
	}

	@Override
	public void close() {
	}

}
