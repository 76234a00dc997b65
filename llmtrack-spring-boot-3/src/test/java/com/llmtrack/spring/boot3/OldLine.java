// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.llmtrack.spring.LlmUsageEvent;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.awaitility.Awaitility.await;

/**
 * An application on Spring Boot 3.5 with Spring AI 1.1, the services that its models ask,
 * and the events that it records.
 */
final class OldLine implements AutoCloseable {

	private final WireMockServer services = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final ConfigurableApplicationContext context;

	private OldLine(Class<?> source, String... properties) {
		this.services.start();
		List<String> all = new ArrayList<>(
				List.of("llmtrack.delivery.enabled=false", "spring.ai.openai.base-url=" + this.services.baseUrl(),
						"spring.ai.openai.api-key=test", "spring.ai.anthropic.base-url=" + this.services.baseUrl(),
						"spring.ai.anthropic.api-key=test", "spring.ai.ollama.base-url=" + this.services.baseUrl(),
						"spring.ai.openai.chat.options.stream-usage=true", "spring.ai.retry.max-attempts=1",
						"spring.main.banner-mode=off"));
		all.addAll(List.of(properties));
		this.context = new SpringApplicationBuilder(Configured.class, source).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
	}

	static OldLine start(Class<?> source, String... properties) {
		return new OldLine(source, properties);
	}

	WireMockServer services() {
		return this.services;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Take the events recorded since the last time, as soon as there are that many.
	 */
	List<LlmUsageEvent> events(int count) {
		List<LlmUsageEvent> recorded = bean(RecordedEvents.class).events();
		await().until(() -> recorded.size() >= count);
		List<LlmUsageEvent> events = List.copyOf(recorded);
		recorded.clear();
		return events;
	}

	@Override
	public void close() {
		this.context.close();
		this.services.stop();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configured {

		@Bean
		RecordedEvents events() {
			return new RecordedEvents();
		}

	}

}
