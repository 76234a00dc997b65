// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application without some library: it starts, makes a request if it has a model,
 * records an event of its own if there is a sink, and ends.
 */
public final class LeanApplication {

	private LeanApplication() {
	}

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run(args)) {
			if (context.containsBean("openAiChatModel")) {
				Request.make(context);
			}
			context.getBeanProvider(LlmUsageEventSink.class)
				.ifAvailable((sink) -> sink.record(LlmUsageEvent.builder().provider("own").model("own").build()));
		}
		// OpenAI's client has threads that would go on
		System.exit(0);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * Apart from the application, as it can't be linked without Spring AI.
	 */
	private static final class Request {

		static void make(ApplicationContext context) {
			context.getBean("openAiChatModel", ChatModel.class).call("Hi");
		}

	}

}
