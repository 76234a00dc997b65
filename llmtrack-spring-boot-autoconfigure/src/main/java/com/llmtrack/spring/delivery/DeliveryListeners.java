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
	public void delivered(LlmUsageEvent event, Answer.Accepted answer, Duration age) {
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
