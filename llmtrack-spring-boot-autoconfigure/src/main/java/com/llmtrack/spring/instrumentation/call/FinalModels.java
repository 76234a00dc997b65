// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

/**
 * How to instrument models of final classes, which can't be proxied by class. Some of
 * Spring AI's are final.
 */
public enum FinalModels {

	/**
	 * Inject a proxy where the model is injected by interface, and rely on its
	 * observations elsewhere.
	 */
	PROXY,

	/**
	 * Rely on its observations everywhere. Every injection point gets the model itself,
	 * and streams lack cached and reasoning tokens.
	 */
	OBSERVE

}
