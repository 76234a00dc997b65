// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.math.BigDecimal;

import com.llmtrack.spring.test.ReceivedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The price list of the stand-in for LLMtrack, in US dollars, for the model that the
 * sample uses.
 */
final class PriceList {

	private static final String MODEL = "gpt-4o-mini";

	private static final BigDecimal INPUT_TOKEN = new BigDecimal("0.15").movePointLeft(6);

	private static final BigDecimal OUTPUT_TOKEN = new BigDecimal("0.60").movePointLeft(6);

	private PriceList() {
	}

	/**
	 * Return the cost of an event's request, or {@code null} if it is unknown.
	 */
	static @Nullable BigDecimal cost(ReceivedEvent event) {
		return (event.get("model") instanceof String model && model.startsWith(MODEL)
				&& event.get("prompt_tokens") instanceof Number input
				&& event.get("completion_tokens") instanceof Number output)
						? INPUT_TOKEN.multiply(BigDecimal.valueOf(input.longValue()))
							.add(OUTPUT_TOKEN.multiply(BigDecimal.valueOf(output.longValue())))
						: null;
	}

}
