// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

/**
 * Which name of a model an event carries.
 */
public enum ModelNameSource {

	/**
	 * The name that the provider answered with, else the one that was requested.
	 */
	RESPONSE,

	/**
	 * The name that was requested, else the one that the provider answered with.
	 */
	REQUEST

}
