// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.OutgoingEvent;

/**
 * A transport that accepts each event at once.
 */
final class AcceptingTransport implements EventTransport {

	/**
	 * Create a dispatcher with such a transport, for applications with one of their own.
	 */
	static EventDispatcher dispatcher() {
		return new EventDispatcher(new DeliverySettings(1, 1, Duration.ZERO), new AcceptingTransport());
	}

	@Override
	public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
		return CompletableFuture.completedStage(new DeliveryResult.Accepted(false));
	}

	@Override
	public void close() {
	}

}
