// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.example.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.test.LlmTrackServer;
import com.llmtrack.spring.test.ReceivedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an application with a configuration file, which can be changed and refreshed.
 */
abstract class AbstractRefreshTests {

	final Providers providers = new Providers();

	final LlmTrackServer llmTrack = LlmTrackServer.start();

	@TempDir
	private Path directory;

	@AfterEach
	void stopServers() {
		this.providers.close();
		this.llmTrack.close();
	}

	ConfigurableApplicationContext start(Class<?> application, String... properties) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties("spring.ai.model.chat=none", "spring.ai.model.embedding=none")
			.run(Stream.concat(
					Stream.of("spring.config.additional-location=file:" + this.directory + "/",
							"shop.url=" + this.providers.url(), "spring.ai.openai.api-key=openai-key"),
					Stream.of(properties))
				.map((property) -> "--" + property)
				.toArray(String[]::new));
	}

	/**
	 * Write the configuration file, with LLMtrack's address and key unless a property of
	 * the same name follows.
	 */
	void configure(String... properties) {
		List<String> lines = new ArrayList<>(
				List.of("llmtrack.base-url=" + this.llmTrack.baseUrl(), "llmtrack.api-key=" + this.llmTrack.apiKey()));
		lines.addAll(List.of(properties));
		try {
			Files.write(this.directory.resolve("application.properties"), lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void refresh(ConfigurableApplicationContext context, String... properties) {
		configure(properties);
		assertThat(context.getBean(ContextRefresher.class).refresh()).isNotEmpty();
	}

	/**
	 * Return all events of an application that has ended, each as feature, model and
	 * tokens, sorted.
	 */
	List<String> events() {
		assertThat(this.llmTrack.refused()).isEmpty();
		return this.llmTrack.received()
			.stream()
			.map(AbstractRefreshTests::describe)
			.sorted()
			.collect(Collectors.toList());
	}

	private static String describe(ReceivedEvent event) {
		return "%s %s %s".formatted(event.get("metadata.feature"), event.get("model"), event.get("total_tokens"));
	}

}
