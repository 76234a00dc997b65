// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.io.IOException;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The application works as without LLMtrack, whatever fails.
 */
@ExtendWith(OutputCaptureExtension.class)
class HarmlessnessTests extends AbstractShopTests {

	@Test
	void failureOfAModelIsUnchanged(@Autowired @Qualifier("failing") ChatModel failing) {
		assertThat(catchThrowable(() -> failing.call("Hi"))).isSameAs(OwnModels.FAILURE);
		assertThat(catchThrowable(() -> failing.stream("Hi").blockLast())).isSameAs(OwnModels.FAILURE);
		assertThat(llmTrack.await(2)).allSatisfy((event) -> assertThat(event.get("status")).isEqualTo("error"));
	}

	@Test
	void failureOfAProviderArrivesAndIsRecorded(@Autowired Titles titles, @Autowired Translations translations) {
		assertThatException().isThrownBy(() -> titles.title("Fail")).withMessageContaining("refused");
		assertThatException().isThrownBy(() -> translations.translate("Fail")).withMessageContaining("refused");
		assertThatException().isThrownBy(() -> titles.titles("Fail").blockLast());
		assertEvents("title error", "translation error", "title error");
	}

	@Test
	void unreachableLlmTrackIsNoHarm(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = start("llmtrack.base-url", "http://localhost:" + closedPort(),
				"llmtrack.delivery.shutdown-timeout", "0s")) {
			assertThat(context.getBean(Translations.class).translate("Hi")).isEqualTo("Hello");
			await().untilAsserted(() -> assertThat(output).contains("LLMtrack can't take events right now"));
			assertThat(context.getBean(Translations.class).translate("Hi")).isEqualTo("Hello");
		}
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Test
	void withoutKeyLlmTrackIsOff(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("llmtrack.api-key", "")) {
			assertThat(context.getBean(Translations.class).translate("Hi")).isEqualTo("Hello");
			assertThat(context.getBean(SupportChat.class).stream("4711", "Use status").blockLast()).isEqualTo("Done");
			assertThat(output.getOut()).containsOnlyOnce("LLMtrack is off, because there is no key");
		}
		assertThat(llmTrack.received()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "llmtrack.delivery.queue-capacity, 0", "llmtrack.base-url, llm-track.com",
			"llmtrack.event.include, nothing" })
	void invalidPropertyIsNamed(String property, String value, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(property, value));
		assertThat(output).contains("APPLICATION FAILED TO START", property);
	}

}
