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

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Writes events as LLMtrack takes them, and reads them again.
 *
 * @since 0.1.0
 */
public interface EventCodec {

	/**
	 * Write an event.
	 * @param event the event
	 * @return the body of a request
	 * @throws IllegalArgumentException if the event can't be written
	 */
	byte[] encode(LlmUsageEvent event);

	/**
	 * Read an event.
	 * @param body the body of a request
	 * @return an event that is written as this body
	 * @throws IllegalArgumentException if the body is none of an event, or not a whole
	 * one
	 */
	LlmUsageEvent decode(byte[] body);

}
