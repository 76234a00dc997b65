// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

/**
 * Thrown when LLMtrack would not accept an event or a part of it. The message names the
 * rule and never quotes a value, so it can be logged.
 *
 * @since 0.1.0
 */
public final class InvalidUsageEventException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	InvalidUsageEventException(String message) {
		super(message);
	}

	static void throwUnless(boolean valid, String message) {
		if (!valid) {
			throw new InvalidUsageEventException(message);
		}
	}

}
