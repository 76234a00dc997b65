// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample;

import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a browser, with the profile {@code live}; nothing is sent.
 */
@Tag("browser")
@ExtendWith(ChromiumCondition.class)
@SpringBootTest(useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		args = { "--spring.profiles.active=live", "--spring.ai.openai.api-key=openai-key",
				"--spring.ai.openai.base-url=http://localhost:9/v1", "--llmtrack.api-key=llmtrack-key",
				"--llmtrack.base-url=http://localhost:9", "--sample.first-requests=none" })
class LivePageBrowserTests {

	@LocalServerPort
	private int port;

	@Test
	void pageShowsWhatItKnowsAndNoMore(@TempDir Path userData) {
		try (Chromium browser = new Chromium(userData)) {
			browser.open("http://localhost:" + this.port, 1280, 900, "light");
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(browser.text("#state")).isEqualTo("active");
				assertThat(browser.text("#log")).contains("LLMtrack instruments 1 model bean");
			});
			assertThat(browser.text("#notice")).contains("each request costs money", "http://localhost:9");
			assertThat(browser.text("#see-lead")).contains("actuator").doesNotContain("stand-in");
			for (String id : new String[] { "feed", "answers", "request", "mode-fails", "mode-slow" }) {
				assertThat(browser.find("#" + id).isDisplayed()).as(id).isFalse();
			}
			assertThat(browser.find("label[for=mode-cancelled]").isDisplayed()).isTrue();
			browser.takeScreenshot("live");
			assertThat(browser.console()).isEmpty();
		}
	}

}
