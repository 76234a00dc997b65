// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery.http;

import org.springframework.http.HttpHeaders;

/**
 * How the key is sent.
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
