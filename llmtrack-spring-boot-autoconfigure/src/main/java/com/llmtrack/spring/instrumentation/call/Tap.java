// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

/**
 * Where a request was seen.
 *
 * @since 0.1.0
 */
public enum Tap {

	/**
	 * By a proxy of the model.
	 */
	PROXY,

	/**
	 * By an observation that the model made.
	 */
	OBSERVATION

}
