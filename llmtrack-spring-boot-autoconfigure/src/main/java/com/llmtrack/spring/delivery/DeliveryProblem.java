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

/**
 * Something that went wrong with delivery, in the words of the log.
 *
 * @param time when it was last found out
 * @param problem what went wrong, in plain words; never names the key or any content
 * @param remedy what there is to do
 * @since 0.1.0
 */
public record DeliveryProblem(Instant time, String problem, String remedy) {
}
