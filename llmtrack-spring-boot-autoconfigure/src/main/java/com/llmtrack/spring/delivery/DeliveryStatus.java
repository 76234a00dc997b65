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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How delivery is doing.
 *
 * @param state whether events are being sent
 * @param since when that state began
 * @param lastSuccess when LLMtrack last took an event, or {@code null} if it never did
 * @param pending how many events are neither delivered nor dropped yet
 * @param spooled how many of them are in the spool
 * @param inFlight how many of them are under way
 * @param nextAttempt when it is over that nothing may be sent, or {@code null} if
 * something may
 * @param oldestPending when the oldest of them was recorded, or {@code null} if there is
 * none
 * @param problems what went wrong lately, the newest first
 * @since 0.1.0
 */
public record DeliveryStatus(DeliveryState state, Instant since, @Nullable Instant lastSuccess, int pending,
		int spooled, int inFlight, @Nullable Instant nextAttempt, @Nullable Instant oldestPending,
		List<DeliveryProblem> problems) {
}
