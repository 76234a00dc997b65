// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.util.function.UnaryOperator;

import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * The bodies of HTTP responses, which controllers return with status and headers.
 * Separate, because {@link ResponseEntity} may be absent.
 */
final class ResponseBodies {

	private static final String ENTITY = "org.springframework.http.HttpEntity";

	private static final String RESPONSE = "org.springframework.http.ResponseEntity";

	private static final String REPLACED = ResponseBodies.class.getName() + "$EntityWithBody";

	private ResponseBodies() {
	}

	static boolean isIn(Object result) {
		String type = result.getClass().getName();
		return RESPONSE.equals(type) || ENTITY.equals(type) || REPLACED.equals(type);
	}

	static Object replace(Object result, UnaryOperator<Object> replacement) {
		HttpEntity<?> entity = (HttpEntity<?>) result;
		Object body = entity.getBody();
		Object replaced = (body != null) ? replacement.apply(body) : null;
		return (replaced != null && replaced != body) ? withBody(entity, replaced) : entity;
	}

	private static HttpEntity<?> withBody(HttpEntity<?> entity, Object body) {
		return (entity instanceof ResponseEntity<?> response)
				? ResponseEntity.status(response.getStatusCode()).headers(response.getHeaders()).body(body)
				: new EntityWithBody(entity.getHeaders(), body);
	}

	/**
	 * An entity with the headers of another one. The constructor that takes headers has a
	 * different parameter in Spring Framework 6.2.
	 */
	private static final class EntityWithBody extends HttpEntity<Object> {

		private final HttpHeaders headers;

		EntityWithBody(HttpHeaders headers, Object body) {
			super(body);
			this.headers = headers;
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
