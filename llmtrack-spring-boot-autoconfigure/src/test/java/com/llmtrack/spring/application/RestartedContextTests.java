// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import com.llmtrack.spring.testsupport.Applications;
import com.llmtrack.spring.testsupport.ModelUses;
import com.llmtrack.spring.testsupport.OpenAiAnswers;
import com.llmtrack.spring.testsupport.StubServers;
import com.llmtrack.spring.testsupport.Waiting;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaApiAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaChatAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.retry.autoconfigure.SpringAiRetryAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application which is started and closed again and again in one JVM, as
 * DevTools does, leaves no context in memory. Providers' clients outlive their context.
 */
@Tag("slow")
@Tag("jdk")
class RestartedContextTests {

	private static final int STARTS = 5;

	@RegisterExtension
	private static final StubServers servers = new StubServers();

	// One of Ollama's may stay in a static cache of Reactor Netty's, also without
	// LLMtrack
	@ParameterizedTest
	@CsvSource({ "openai, true, 0", "openai, false, 0", "anthropic, true, 0", "anthropic, false, 0", "ollama, true, 1",
			"ollama, false, 1" })
	void closedContextsAreReleased(String provider, boolean actuator, int cached) {
		List<WeakReference<ConfigurableApplicationContext>> closed = new ArrayList<>();
		for (int i = 0; i < STARTS; i++) {
			closed.add(run(provider, actuator));
		}
		Waiting.await().untilAsserted(() -> {
			System.gc();
			assertThat(closed).filteredOn((context) -> !context.refersTo(null)).hasSizeLessThanOrEqualTo(cached);
		});
	}

	private static WeakReference<ConfigurableApplicationContext> run(String provider, boolean actuator) {
		ModelUses.prepare(servers);
		try (ConfigurableApplicationContext context = Applications.start(servers, true,
				actuator ? Observed.class : Plain.class, "spring.ai.model.chat=" + provider,
				"spring.ai.model.embedding=none")) {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			assertThat(client.prompt("Hi").call().content()).isEqualTo("Hello");
			assertThat(String.join("", client.prompt("Hi").stream().content().collectList().block()))
				.isEqualTo("Hello");
			int events = 2;
			if (provider.equals("openai")) {
				servers.openAi().answers(OpenAiAnswers.toolCall("time", "{}", 3, 2), OpenAiAnswers.text("Noon", 7, 5));
				assertThat(client.prompt("Hi").tools(new Clock()).call().content()).isEqualTo("Noon");
				events += 2;
			}
			servers.awaitEvents(events);
			return new WeakReference<>(context);
		}
	}

	static final class Clock {

		@Tool
		String time() {
			return "12:00";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SpringAiRetryAutoConfiguration.class, ToolCallingAutoConfiguration.class,
			OpenAiChatAutoConfiguration.class, AnthropicChatAutoConfiguration.class, OllamaApiAutoConfiguration.class,
			OllamaChatAutoConfiguration.class, ChatClientAutoConfiguration.class, LlmTrackAutoConfiguration.class,
			LlmTrackInstrumentationAutoConfiguration.class })
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Observed {

	}

}
