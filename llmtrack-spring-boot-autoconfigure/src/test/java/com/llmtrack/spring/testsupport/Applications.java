// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts whole applications, as their main methods do.
 */
public final class Applications {

	private Applications() {
	}

	/**
	 * Start an application without a web server, unless its properties want one.
	 * @param servers where its providers and LLMtrack are
	 * @param tracked whether it is tracked
	 * @param source its configuration
	 * @param properties its properties, which win over those that all applications have
	 * @return the application's context
	 */
	public static ConfigurableApplicationContext start(StubServers servers, boolean tracked, Class<?> source,
			String... properties) {
		if (AheadOfTime.isEverywhere()) {
			String[] all = properties(servers, tracked, properties);
			return AheadOfTime.processed(source, all).run(all);
		}
		return new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run(Stream.of(properties(servers, tracked, properties))
				.map((property) -> "--" + property)
				.toArray(String[]::new));
	}

	/**
	 * Return the properties of an application.
	 * @param servers where its providers and LLMtrack are
	 * @param tracked whether it is tracked
	 * @param properties its own properties, which win over those that all applications
	 * have
	 * @return all properties, each as name and value
	 */
	public static String[] properties(StubServers servers, boolean tracked, String... properties) {
		Map<String, String> values = new LinkedHashMap<>();
		Stream.concat(common(servers, tracked).stream(), Stream.of(properties))
			.map((property) -> property.split("=", 2))
			.forEach((parts) -> values.put(parts[0], parts[1]));
		return values.entrySet().stream().map(Map.Entry::toString).toArray(String[]::new);
	}

	/**
	 * Return whether there is a bean of a type by now.
	 */
	public static boolean isCreated(ConfigurableApplicationContext context, Class<?> type) {
		return Stream.of(context.getBeanNamesForType(type, true, false))
			.anyMatch(context.getBeanFactory()::containsSingleton);
	}

	private static List<String> common(StubServers servers, boolean tracked) {
		return List.of("spring.ai.openai.base-url=" + servers.openAiUrl(), "spring.ai.openai.api-key=openai-key",
				"spring.ai.openai.chat.model=gpt-4o-mini", "spring.ai.openai.max-retries=0",
				"spring.ai.anthropic.base-url=" + servers.providersUrl(), "spring.ai.anthropic.api-key=anthropic-key",
				"spring.ai.anthropic.chat.model=claude-haiku-4-5",
				"spring.ai.ollama.base-url=" + servers.providersUrl(), "spring.ai.ollama.chat.model=llama3.2",
				"llmtrack.base-url=" + servers.llmTrackUrl(), "llmtrack.api-key=llmtrack-key",
				"llmtrack.enabled=" + tracked, "spring.reactor.netty.shutdown-quiet-period=0s");
	}

}
