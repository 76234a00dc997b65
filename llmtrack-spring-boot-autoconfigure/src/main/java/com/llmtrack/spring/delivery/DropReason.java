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

/**
 * Why an event was given up.
 *
 * @since 0.1.0
 */
public enum DropReason {

	/**
	 * As many events were waiting as the queue takes.
	 */
	QUEUE_FULL,

	/**
	 * LLMtrack found the event invalid.
	 */
	REJECTED,

	/**
	 * LLMtrack failed on the event again and again while it took others.
	 */
	FAILED,

	/**
	 * The event's file in the spool was damaged or gone.
	 */
	UNREADABLE,

	/**
	 * The event could not be delivered before the application had shut down.
	 */
	SHUTDOWN

}
