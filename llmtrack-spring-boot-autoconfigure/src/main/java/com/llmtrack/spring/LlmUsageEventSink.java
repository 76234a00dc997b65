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

/**
 * Takes one event per model request. The one place where instrumentation and delivery
 * meet; an application that declares a bean of this type receives the events instead of
 * LLMtrack.
 * <p>
 * Called on the thread that made the request, or the one on which its stream ended,
 * possibly by many threads at once. An implementation returns at once: it does no I/O and
 * does not wait.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmUsageEventSink {

	/**
	 * Take an event.
	 * @param event what one model request used
	 */
	void record(LlmUsageEvent event);

}
