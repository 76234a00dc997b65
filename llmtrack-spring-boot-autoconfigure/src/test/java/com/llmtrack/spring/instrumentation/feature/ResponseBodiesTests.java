// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResponseBodies}.
 */
class ResponseBodiesTests {

	private final HttpHeaders headers = new HttpHeaders();

	ResponseBodiesTests() {
		this.headers.set("X-Question", "42");
	}

	@Test
	void entityKeepsItsHeadersWhenItsBodyIsReplaced() {
		HttpEntity<?> entity = (HttpEntity<?>) ResponseBodies.replace(new HttpEntity<>("body", this.headers),
				(body) -> "other");
		assertThat(entity.getBody()).isEqualTo("other");
		assertThat(entity.getHeaders().getFirst("X-Question")).isEqualTo("42");
		assertThat(entity).isNotInstanceOf(ResponseEntity.class);
	}

	@Test
	void bodyIsReplacedAgain() {
		Object replaced = ResponseBodies.replace(new HttpEntity<>("body", this.headers), (body) -> "other");
		assertThat(ResponseBodies.isIn(replaced)).isTrue();
		HttpEntity<?> again = (HttpEntity<?>) ResponseBodies.replace(replaced, (body) -> body + "!");
		assertThat(again.getBody()).isEqualTo("other!");
		assertThat(again.getHeaders().getFirst("X-Question")).isEqualTo("42");
	}

	@Test
	void responseKeepsItsHeadersAndStatus() {
		ResponseEntity<?> response = (ResponseEntity<?>) ResponseBodies
			.replace(new ResponseEntity<>("body", this.headers, HttpStatus.ACCEPTED), (body) -> "other");
		assertThat(response.getBody()).isEqualTo("other");
		assertThat(response.getHeaders().getFirst("X-Question")).isEqualTo("42");
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
	}

	@Test
	void entityIsTheSameIfItsBodyIs() {
		HttpEntity<String> entity = new HttpEntity<>("body");
		assertThat(ResponseBodies.replace(entity, (body) -> body)).isSameAs(entity);
		HttpEntity<String> empty = new HttpEntity<>(this.headers);
		assertThat(ResponseBodies.replace(empty, (body) -> "other")).isSameAs(empty);
	}

}
