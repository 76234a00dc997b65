/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that lacks a library: it starts, makes a request if it has a model,
 * records an event of its own if it is tracked, and ends.
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
