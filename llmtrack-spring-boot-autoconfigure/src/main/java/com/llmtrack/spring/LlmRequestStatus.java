// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * How a model request ended.
 *
 * @since 0.1.0
 */
public enum LlmRequestStatus {

	/**
	 * The model answered.
	 */
	SUCCESS,

	/**
	 * The request failed.
	 */
	ERROR,

	/**
	 * The request failed because the answer took too long.
	 */
	TIMEOUT,

	/**
	 * The application cancelled the stream before the answer was complete.
	 */
	CANCELLED

}
