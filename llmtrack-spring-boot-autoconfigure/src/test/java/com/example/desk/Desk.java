// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.desk;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;

/**
 * A service with a method that proxies in other packages can't override.
 */
public class Desk {

	@LlmFeature("desk")
	String annotated() {
		return LlmContext.current().feature();
	}

	public static String ask(Desk desk) {
		return desk.annotated();
	}

}
