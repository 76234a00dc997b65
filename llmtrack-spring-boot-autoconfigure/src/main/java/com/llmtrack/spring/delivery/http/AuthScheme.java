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

package com.llmtrack.spring.delivery.http;

import org.springframework.http.HttpHeaders;

/**
 * How the key is sent.
 *
 * @since 0.1.0
 */
public enum AuthScheme {

	/**
	 * As {@code Authorization: Bearer}.
	 */
	BEARER(HttpHeaders.AUTHORIZATION, "Bearer "),

	/**
	 * As {@code x-api-key}.
	 */
	X_API_KEY("x-api-key", "");

	private final String header;

	private final String prefix;

	AuthScheme(String header, String prefix) {
		this.header = header;
		this.prefix = prefix;
	}

	void apply(HttpHeaders headers, String apiKey) {
		headers.set(this.header, this.prefix + apiKey);
	}

}
