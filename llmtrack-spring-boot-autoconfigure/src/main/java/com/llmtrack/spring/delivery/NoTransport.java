// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.concurrent.CompletionStage;

/**
 * The transport of a dispatcher that is off.
 */
final class NoTransport implements EventTransport {

	@Override
	public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
		throw new IllegalStateException("LLMtrack is off");
	}

	@Override
	public void close() {
	}

}
