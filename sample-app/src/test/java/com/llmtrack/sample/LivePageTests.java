// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.llmtrack.spring.test.LlmTrackServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page has to go by with the profile {@code live}; nothing is sent.
 */
@SpringBootTest(useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		args = { "--spring.profiles.active=live", "--spring.ai.openai.api-key=openai-key",
				"--spring.ai.openai.base-url=http://localhost:9/v1", "--llmtrack.api-key=llmtrack-key",
				"--llmtrack.base-url=http://localhost:9", "--sample.first-requests=none" })
class LivePageTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private ObjectProvider<LlmTrackServer> llmTrack;

	@LocalServerPort
	private int port;

	@Test
	void pageIsToldThatNothingStandsIn() throws Exception {
		JsonNode demo = JsonMapper.shared().readTree(send("GET", "/demo").body());
		assertThat(demo.get("modelIsStandIn").asBoolean()).isFalse();
		assertThat(demo.get("llmTrackIsStandIn").asBoolean()).isFalse();
		assertThat(this.llmTrack.getIfAvailable()).isNull();
	}

	@Test
	void realLlmTrackCanNotBeToldToFail() throws Exception {
		assertThat(send("PUT", "/demo/answer/500").statusCode()).isEqualTo(404);
	}

	@Test
	void logIsStreamed() {
		try (EventStream messages = EventStream.open(url("/demo/stream"))) {
			messages.await("log",
					(line) -> line.get("message").asString().contains("LLMtrack instruments 1 model bean"));
		}
	}

	private HttpResponse<String> send(String method, String path) throws Exception {
		return this.client.send(
				HttpRequest.newBuilder(url(path)).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private URI url(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

}
