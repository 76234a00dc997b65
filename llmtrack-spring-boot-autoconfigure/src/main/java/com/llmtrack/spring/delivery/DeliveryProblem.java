// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

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
