// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.OutgoingEvent;

/**
 * Has each event accepted at once, or, if it is stalled, never answered.
 */
final class InstantTransport implements EventTransport {

	private final CompletionStage<DeliveryResult> answer;

	InstantTransport(boolean stalled) {
		this.answer = stalled ? new CompletableFuture<>()
				: CompletableFuture.completedStage(new DeliveryResult.Accepted(false));
	}

	@Override
	public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
		return this.answer;
	}

	@Override
	public void close() {
	}

}
