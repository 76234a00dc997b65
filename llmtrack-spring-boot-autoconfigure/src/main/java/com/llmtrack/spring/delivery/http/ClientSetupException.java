// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

/**
 * The HTTP client could not be built. The message says why, and quotes no other message.
 */
@SuppressWarnings("serial")
final class ClientSetupException extends RuntimeException {

	ClientSetupException(String culprit, Throwable cause) {
		super(culprit + " failed with " + cause.getClass().getName(), cause);
	}

}
