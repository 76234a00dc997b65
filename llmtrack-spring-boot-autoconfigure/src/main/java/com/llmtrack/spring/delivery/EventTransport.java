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

import java.util.concurrent.CompletionStage;

/**
 * Carries events to LLMtrack. Opens no connection before the first event.
 *
 * @since 0.1.0
 */
public interface EventTransport extends AutoCloseable {

	/**
	 * Send an event, without waiting for the answer.
	 * @param event the event
	 * @return what became of it, completed within a bounded time on any thread. A failure
	 * to get an answer is an {@link Answer.Unavailable} as well; a stage that fails is
	 * taken for one.
	 */
	CompletionStage<Answer> send(PendingEvent event);

	/**
	 * Release all threads and connections. Events under way are given up. May be called
	 * more than once.
	 */
	@Override
	void close();

}
