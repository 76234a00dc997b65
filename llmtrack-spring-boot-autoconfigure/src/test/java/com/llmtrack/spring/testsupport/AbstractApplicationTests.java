// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.stream.Stream;

import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;
import com.llmtrack.spring.autoconfigure.LlmTrackInstrumentationAutoConfiguration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts applications with OpenAI and beans of their own.
 */
@ExtendWith(OutputCaptureExtension.class)
public abstract class AbstractApplicationTests {

	@RegisterExtension
	public static final StubServers servers = StubServers.shared();

	public static ConfigurableApplicationContext start(Beans beans, String... properties) {
		Stream<String> all = Stream
			.concat(Stream.of("spring.ai.openai.api-key=openai-key", "spring.ai.openai.chat.model=gpt-4o-mini",
					"spring.ai.openai.max-retries=0", "llmtrack.api-key=llmtrack-key",
					"spring.ai.openai.base-url=" + servers.openAiUrl(), "llmtrack.base-url=" + servers.llmTrackUrl()),
					Stream.of(properties));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers((context) -> beans.register((GenericApplicationContext) context))
			.run(all.map((property) -> "--" + property).toArray(String[]::new));
	}

	/**
	 * Start an application, have it make one request and return the event of that.
	 */
	public static JsonNode eventOf(Beans beans, String... properties) {
		try (ConfigurableApplicationContext context = start(beans, properties)) {
			call(context);
			return servers.awaitEvent();
		}
	}

	public static void call(ConfigurableApplicationContext context) {
		chatClient(context).prompt("Hi").call().content();
	}

	public static ChatClient chatClient(ConfigurableApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	public static void openAiStreams() {
		servers.openAi().answers(OpenAiAnswers.textStream("Hello", 19, 10));
	}

	@FunctionalInterface
	public interface Beans {

		Beans NONE = (context) -> {
		};

		void register(GenericApplicationContext context);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ToolCallingAutoConfiguration.class, OpenAiChatAutoConfiguration.class,
			ChatClientAutoConfiguration.class, LlmTrackAutoConfiguration.class,
			LlmTrackInstrumentationAutoConfiguration.class })
	public static class Application {

	}

}
