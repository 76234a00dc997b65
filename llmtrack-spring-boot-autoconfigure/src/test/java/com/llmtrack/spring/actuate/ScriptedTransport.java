// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.OutgoingEvent;

/**
 * A transport with prepared answers.
 */
final class ScriptedTransport implements EventTransport {

	final List<OutgoingEvent> sent = new CopyOnWriteArrayList<>();

	volatile DeliveryResult answer = new DeliveryResult.Accepted(false);

	volatile RuntimeException failure;

	@Override
	public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
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
