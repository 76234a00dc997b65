// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

/**
 * Says in its message, which quotes no other one, why there is no HTTP client.
 */
@SuppressWarnings("serial")
final class ClientSetupException extends RuntimeException {

	ClientSetupException(String culprit, Throwable cause) {
		super(culprit + " failed with " + cause.getClass().getName(), cause);
	}

}
