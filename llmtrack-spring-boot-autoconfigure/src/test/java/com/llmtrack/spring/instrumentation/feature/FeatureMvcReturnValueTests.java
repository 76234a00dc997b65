// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests features of everything that Spring MVC accepts as the result of a method.
 */
class FeatureMvcReturnValueTests extends AbstractFeatureTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@AfterEach
	void nothingIsLeftOnTheThreadsOfTheServer() throws Exception {
		assertThat(get("/without-feature").body()).isEqualTo("null null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http-entity", "unknown-body", "entity", "mono-of-entity", "callable-of-entity",
			"wrapped-task", "deferred-result", "future", "stage", "emitter", "streaming-body" })
	void resultBelongsToTheFeature(String path) throws Exception {
		assertThat(get("/values/" + path).statusCode()).isEqualTo(200);
		assertFeatures("value");
	}

	@Test
	void replacedBodyLeavesTheResponseAsItIs() throws Exception {
		assertThat(get("/values/unknown-body").headers().firstValue("x-shop")).hasValue("1");
		assertFeatures("value");
	}

	@Test
	void webAsyncTaskHasToBeWrapped() throws Exception {
		assertThat(get("/values/task").body()).isEqualTo("Hello");
		assertFeatures(NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "value", "async", "stream", "sse" })
	void functionalEndpointBelongsToTheFeature(String path) throws Exception {
		assertThat(get("/functional/" + path).statusCode()).isEqualTo(200);
		assertFeatures("handler");
	}

	@Test
	void errorHandlerOfARouterIsAskedWhenABodyFails() throws Exception {
		assertThat(get("/functional/failing").body()).isEqualTo("handled");
	}

	private HttpResponse<String> get(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

}
