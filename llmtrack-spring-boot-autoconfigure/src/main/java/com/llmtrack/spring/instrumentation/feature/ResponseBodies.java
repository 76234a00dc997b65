// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.function.UnaryOperator;

import org.springframework.http.ResponseEntity;

/**
 * The bodies of HTTP responses, which controllers return with status and headers.
 * Separate, because {@link ResponseEntity} may be absent.
 */
final class ResponseBodies {

	private static final String RESPONSE = "org.springframework.http.ResponseEntity";

	private ResponseBodies() {
	}

	static boolean isIn(Object result) {
		return RESPONSE.equals(result.getClass().getName());
	}

	static Object replace(Object result, UnaryOperator<Object> replacement) {
		ResponseEntity<?> response = (ResponseEntity<?>) result;
		Object body = response.getBody();
		Object replaced = (body != null) ? replacement.apply(body) : null;
		return (replaced != body) ? new ResponseEntity<>(replaced, response.getHeaders(), response.getStatusCode())
				: response;
	}

}
