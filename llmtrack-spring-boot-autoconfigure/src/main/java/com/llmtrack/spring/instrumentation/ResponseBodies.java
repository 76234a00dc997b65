/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import java.util.function.UnaryOperator;

import org.springframework.http.ResponseEntity;

/**
 * The bodies of HTTP responses, which controllers return with status and headers. Apart
 * from all else, as not every application has that class.
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
