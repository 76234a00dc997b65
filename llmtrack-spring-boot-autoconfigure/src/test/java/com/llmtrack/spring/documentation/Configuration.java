// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.llmtrack.spring.autoconfigure.LlmTrackAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Configuration of an application, as it stands in a file.
 */
final class Configuration {

	private Configuration() {
	}

	/**
	 * Return what is wrong with a configuration: properties that there are not, and
	 * values of the starter's that stop the start.
	 */
	static List<String> problems(String text, String language) {
		List<PropertySource<?>> sources;
		try {
			PropertySourceLoader loader = language.equals("yaml") ? new YamlPropertySourceLoader()
					: new PropertiesPropertySourceLoader();
			sources = loader.load("page", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException | RuntimeException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
		List<String> problems = new ArrayList<>(sources.stream()
			.flatMap((source) -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.filter((name) -> !PropertyMetadata.contains(name))
			.map((name) -> "There is no property " + name)
			.toList());
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LlmTrackAutoConfiguration.class))
			.withSystemProperties("LLMTRACK_API_KEY=key")
			.withInitializer((context) -> sources.forEach(context.getEnvironment().getPropertySources()::addFirst))
			.run((context) -> {
				if (context.getStartupFailure() != null) {
					problems.add(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()).getMessage());
				}
			});
		return problems;
	}

}
