// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.time.Instant;

/**
 * A problem with delivery, in the words of the log.
 *
 * @param time when it last occurred
 * @param problem the problem, in plain words; never contains the key or any content
 * @param remedy what there is to do
 */
public record DeliveryProblem(Instant time, String problem, String remedy) {
}
