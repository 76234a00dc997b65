// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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
	static @Nullable BigDecimal cost(JsonNode event) {
		JsonNode input = event.path("prompt_tokens");
		JsonNode output = event.path("completion_tokens");
		if (!event.path("model").asString("").startsWith(MODEL) || !input.isNumber() || !output.isNumber()) {
			return null;
		}
		return INPUT_TOKEN.multiply(input.decimalValue()).add(OUTPUT_TOKEN.multiply(output.decimalValue()));
	}

}
