// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.llmtrack.spring.test.LlmTrackAnswer;
import com.llmtrack.spring.test.ReceivedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of events, by what LLMtrack answers.
 */
class DeliveryTests extends AbstractShopTests {

	@Autowired
	private Translations translations;

	@AfterEach
	void deliverAgain() {
		llmTrack.answer(LlmTrackAnswer.created());
		resume();
		awaitState("UP", "active");
	}

	@Test
	void eventOutlivesFailuresAndIsAcceptedOnce() {
		// The last answer gets lost, so that the event comes again, with the same
		// idempotency key
		llmTrack.answerNext(LlmTrackAnswer.failure(), LlmTrackAnswer.connectionClosed(), LlmTrackAnswer.lost());
		this.translations.translate("Hi");
		ReceivedEvent event = assertEvents("translation " + Providers.CALL).get(0);
		assertThat(event.idempotencyKey()).isNotBlank();
		awaitState("UP", "active");
		assertThat(llmTrack.received()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "401, key_refused", "402, plan_exhausted", "500, waiting" })
	void eventsAreKeptUntilLlmTrackTakesThem(int status, String state) {
		llmTrack.answer(LlmTrackAnswer.error(status, "as the test wants"));
		this.translations.translate("Hi");
		awaitState("UNKNOWN", state);
		assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
		this.translations.proofread("Hi");
		llmTrack.answer(LlmTrackAnswer.created());
		resume();
		assertEvents("translation " + Providers.CALL, "proofreading " + Providers.CALL);
	}

	@Test
	void spoolOutlivesARestart(@TempDir Path directory) throws IOException {
		String[] spooling = { "llmtrack.spool.directory", directory.toString(), "llmtrack.delivery.shutdown-timeout",
				"0s" };
		llmTrack.answer(LlmTrackAnswer.failure());
		try (ConfigurableApplicationContext context = start(spooling)) {
			context.getBean(Translations.class).translate("Hi");
		}
		try (Stream<Path> files = Files.walk(directory)) {
			assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
		}
		assertThat(llmTrack.received()).isEmpty();
		llmTrack.answer(LlmTrackAnswer.created());
		try (ConfigurableApplicationContext context = start(spooling)) {
			assertEvents("translation " + Providers.CALL);
		}
	}

	@Test
	void spoolInADatabaseOutlivesARestart() {
		String[] spooling = { "llmtrack.spool.jdbc", "true", "spring.datasource.url",
				"jdbc:h2:mem:spool;DB_CLOSE_DELAY=-1", "llmtrack.delivery.shutdown-timeout", "0s" };
		llmTrack.answer(LlmTrackAnswer.failure());
		try (ConfigurableApplicationContext context = start(spooling)) {
			context.getBean(Translations.class).translate("Hi");
		}
		assertThat(llmTrack.received()).isEmpty();
		llmTrack.answer(LlmTrackAnswer.created());
		try (ConfigurableApplicationContext context = start(spooling)) {
			assertEvents("translation " + Providers.CALL);
		}
	}

	private void resume() {
		http().post().uri("/actuator/llmtrack/resume").retrieve().toBodilessEntity();
	}

	private void awaitState(String health, String state) {
		await().untilAsserted(() -> assertThat(get("/actuator/health/llmtrack"))
			.contains("\"status\":\"%s\"".formatted(health), "\"state\":\"%s\"".formatted(state)));
	}

}
