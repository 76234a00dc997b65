// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/**
 * Tools that the model may call.
 */
class Orders {

	@Tool(description = "Says where an order is")
	String orderStatus(@ToolParam(description = "The number of the order") String number) {
		return "Order " + number + " left the warehouse this morning and arrives tomorrow.";
	}

}
