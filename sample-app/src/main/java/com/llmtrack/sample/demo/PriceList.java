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

package com.llmtrack.sample.demo;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The stand-in's price list, as LLMtrack has one: that of the model that the sample uses,
 * in US dollars.
 */
final class PriceList {

	private static final String MODEL = "gpt-4o-mini";

	private static final BigDecimal INPUT_TOKEN = new BigDecimal("0.15").movePointLeft(6);

	private static final BigDecimal OUTPUT_TOKEN = new BigDecimal("0.60").movePointLeft(6);

	private PriceList() {
	}

	/**
	 * Return what an event's request cost, or {@code null} if that can't be known.
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
