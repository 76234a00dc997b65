// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.desk;

import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.LlmFeatureContext;

/**
 * A service with a method that proxies in other packages can't override.
 */
public class Desk {

	@LlmFeature("desk")
	String annotated() {
		return LlmFeatureContext.current();
	}

	public static String ask(Desk desk) {
		return desk.annotated();
	}

}
