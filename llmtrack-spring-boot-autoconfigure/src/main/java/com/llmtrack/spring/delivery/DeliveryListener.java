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

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Is told what becomes of events. Called on the application's threads and on the one that
 * delivers, so that an implementation returns at once, as {@link EventDispatcher} does
 * itself. What it throws is contained.
 *
 * @since 0.1.0
 */
public interface DeliveryListener {

	/**
	 * An event was recorded, whatever becomes of it. Called on the thread that recorded
	 * it.
	 * @param event the event
	 */
	default void recorded(LlmUsageEvent event) {
	}

	/**
	 * LLMtrack has taken an event. Called on the thread that delivers.
	 * @param event the event
	 * @param answer what LLMtrack answered
	 * @param age the time since the event was recorded
	 */
	default void delivered(LlmUsageEvent event, Answer.Accepted answer, Duration age) {
	}

}
