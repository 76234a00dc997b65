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

import org.springframework.util.Assert;

/**
 * How events are delivered.
 *
 * @param queueCapacity how many events may be pending; what exceeds it is dropped
 * @param maxInFlight how many events may be under way at once
 * @param shutdownTimeout how long the end of the application may wait for pending events
 * @since 0.1.0
 */
public record DeliverySettings(int queueCapacity, int maxInFlight, Duration shutdownTimeout) {

	public DeliverySettings {
		Assert.isTrue(queueCapacity > 0, "'queueCapacity' must be positive");
		Assert.isTrue(maxInFlight > 0, "'maxInFlight' must be positive");
		Assert.isTrue(!shutdownTimeout.isNegative(), "'shutdownTimeout' must not be negative");
	}

}
