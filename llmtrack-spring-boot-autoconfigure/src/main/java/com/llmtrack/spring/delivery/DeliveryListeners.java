// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Notifies listeners, and contains what they throw.
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

	void remove(DeliveryListener listener) {
		this.listeners.remove(listener);
	}

	@Override
	public void recorded(LlmUsageEvent event) {
		notify((listener) -> listener.recorded(event));
	}

	@Override
	public void delivered(LlmUsageEvent event, DeliveryResult.Accepted result, Duration age) {
		notify((listener) -> listener.delivered(event, result, age));
	}

	private void notify(Consumer<DeliveryListener> notification) {
		for (DeliveryListener listener : this.listeners) {
			try {
				notification.accept(listener);
			}
			catch (Throwable ex) {
				this.log.listenerFailure(ex);
			}
		}
	}

}
