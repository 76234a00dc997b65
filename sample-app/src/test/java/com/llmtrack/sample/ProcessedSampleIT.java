// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.llmtrack.spring.test.LlmTrackServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the packaged application with what its build generated ahead of time.
 */
@EnabledIfSystemProperty(named = "llmtrack.test.processed", matches = "true", disabledReason = "Nothing was generated")
@Tag("processed")
class ProcessedSampleIT {

	@TempDir
	private Path directory;

	@Test
	void eachRequestGivesItsEventAndNoClassIsGenerated() throws Exception {
		Path classes = this.directory.resolve("classes");
		try (LlmTrackServer server = LlmTrackServer.start(SampleProcess.API_KEY);
				SampleProcess sample = new SampleProcess(this.directory, List.of("-Dspring.aot.enabled=true",
						"-Xlog:class+load:file=" + classes, "-jar", SampleProcess.JAR.toString()),
						"--llmtrack.base-url=" + server.baseUrl())) {
			assertThat(server.await(6)).extracting((event) -> event.get("metadata.feature"))
				.containsExactlyInAnyOrder("support-chat", "summary", "story", "order-status", "order-status",
						"translation");
			Awaitility.await()
				.atMost(SampleProcess.PATIENCE)
				.untilAsserted(() -> assertThat(get(sample, "/actuator/llmtrack")).contains("\"state\":\"active\"",
						"\"delivered\":6"));
			assertThat(get(sample, "/chat")).isNotEmpty();
			assertThat(server.await(7)).last().satisfies((event) -> {
				assertThat(event.get("metadata.feature")).isEqualTo("support-chat");
				assertThat(event.get("status")).isEqualTo("success");
			});
			assertThat(server.refused()).isEmpty();
			assertThat(sample.log()).contains("Starting AOT-processed SampleApplication")
				.doesNotContain(" WARN ", " ERROR ");
			sample.terminate();
			sample.awaitEnd();
		}
		assertThat(proxies(classes)).anyMatch((line) -> line.contains(Assistant.class.getName()))
			.allMatch((line) -> line.contains("source: jar:"));
	}

	/**
	 * Return the lines about proxies of classes.
	 */
	private static List<String> proxies(Path classes) throws IOException {
		return Files.readAllLines(classes)
			.stream()
			.filter((line) -> line.contains("$$SpringCGLIB$$") && !line.contains("$$Lambda"))
			.toList();
	}

	private static String get(SampleProcess sample, String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(sample.url(path)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

}
