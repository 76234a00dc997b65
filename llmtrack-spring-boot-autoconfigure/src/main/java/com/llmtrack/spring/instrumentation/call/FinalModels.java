// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

/**
 * How to measure models of which a proxy can't take the place, as with Spring AI's final
 * classes.
 *
 * @since 0.1.0
 */
public enum FinalModels {

	/**
	 * Hand out a proxy where the model is injected by interface, and observe it
	 * elsewhere.
	 */
	PROXY,

	/**
	 * Observe it everywhere. Every injection point gets the model itself, and streams
	 * lack cached and reasoning tokens.
	 */
	OBSERVE

}
