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

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

/**
 * Changes events, or keeps them from being sent, before they are queued. Beans of this
 * type are called in their order, on the thread on which the request ended, and so should
 * be quick. What one throws is logged, and the event stays as it was before.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmUsageEventCustomizer {

	/**
	 * Customize an event.
	 * @param event the event
	 * @return the event to send, made by {@link LlmUsageEvent#toBuilder()} if it differs;
	 * {@code null} to send none
	 */
	@Nullable LlmUsageEvent customize(LlmUsageEvent event);

}
