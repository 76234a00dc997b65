// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import com.llmtrack.spring.LlmFeature;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;

/**
 * Tools of the support chat. One of them asks a model itself, for a feature of its own.
 */
@Component
class Orders {

	private final ChatModel chatModel;

	Orders(ChatModel chatModel) {
		this.chatModel = chatModel;
	}

	@Tool(description = "Tells where an order is")
	String status(String number) {
		return "Order " + number + " is on its way";
	}

	@Tool(description = "Explains the invoice of an order")
	@LlmFeature("explain-invoice")
	String explainInvoice(String number) {
		return this.chatModel.call("Explain the invoice of order " + number);
	}

	@Tool(description = "Shows the terms of delivery", returnDirect = true)
	String terms() {
		return "Free delivery within a week";
	}

	@Tool(description = "Cancels an order")
	String cancel(String number) {
		throw new IllegalStateException("Order " + number + " has been sent already");
	}

}
