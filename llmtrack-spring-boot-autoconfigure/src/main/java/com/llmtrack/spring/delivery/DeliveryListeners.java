// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Tells listeners, and contains what they throw.
 */
final class DeliveryListeners implements DeliveryListener {

	private final List<DeliveryListener> listeners = new CopyOnWriteArrayList<>();

	private final DeliveryLog log;

	DeliveryListeners(DeliveryLog log) {
		this.log = log;
	}

	void add(DeliveryListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void recorded(LlmUsageEvent event) {
		tell((listener) -> listener.recorded(event));
	}

	@Override
	public void delivered(LlmUsageEvent event, DeliveryResult.Accepted answer, Duration age) {
		tell((listener) -> listener.delivered(event, answer, age));
	}

	private void tell(Consumer<DeliveryListener> message) {
		for (DeliveryListener listener : this.listeners) {
			try {
				message.accept(listener);
			}
			catch (Throwable ex) {
				this.log.listenerFailure(ex);
			}
		}
	}

}
