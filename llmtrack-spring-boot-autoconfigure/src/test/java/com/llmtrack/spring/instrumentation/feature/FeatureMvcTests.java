// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests features of Spring MVC controllers over HTTP.
 */
class FeatureMvcTests extends AbstractFeatureTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@AfterEach
	void nothingIsLeftOnTheThreadsOfTheServer() throws Exception {
		assertThat(get("/without-feature")).isEqualTo("null null");
	}

	@Test
	void controllerBelongsToItsFeature() throws Exception {
		assertThat(get("/plain")).isEqualTo("Hello");
		assertThat(get("/rest")).isEqualTo("Hello");
		assertFeatures("controller", "rest");
	}

	@Test
	void controllerThatFailsBelongsToItsFeature() throws Exception {
		get("/failing");
		assertFeatures("rest");
	}

	@Test
	void callableBelongsToTheFeature() throws Exception {
		assertThat(get("/callable")).isEqualTo("Hello");
		assertThat(get("/current")).isEqualTo("rest");
		assertFeatures("rest");
	}

	@Test
	void streamingResponseBodyBelongsToTheFeature() throws Exception {
		assertThat(get("/body")).isEqualTo("Hello");
		assertFeatures("rest");
	}

	@Test
	void reactiveResultsBelongToTheFeature() throws Exception {
		get("/mono");
		assertThat(get("/flux")).contains("data:Hello");
		assertFeatures("rest", "rest");
	}

	@Test
	void streamThatIsSubscribedToForAnEmitterBelongsToTheFeature() throws Exception {
		assertThat(get("/emitter")).contains("data:Hello");
		assertFeatures("rest");
	}

	@Test
	void bodyOfAResponseEntityBelongsToTheFeature() throws Exception {
		assertThat(get("/entity")).contains("data:Hello");
		assertThat(get("/entity-body")).isEqualTo("Hello");
		assertFeatures("rest", "rest");
	}

	private String get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

}
