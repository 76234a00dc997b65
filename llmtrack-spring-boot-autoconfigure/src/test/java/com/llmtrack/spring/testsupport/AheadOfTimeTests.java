// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import org.junit.jupiter.api.Test;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link AheadOfTime}.
 */
class AheadOfTimeTests {

	@Test
	void profilesAreDecidedByTheBuildAndPropertiesByTheRun() {
		AheadOfTime application = AheadOfTime.processed(Application.class, "spring.profiles.active=first",
				"example.name=build");
		for (String name : new String[] { "once", "again" }) {
			try (ConfigurableApplicationContext context = application.run("example.name=" + name)) {
				assertThat(context.getBean(Greeting.class)).isEqualTo(new Greeting("first " + name));
				assertThat(context.getBeanNamesForType(Greeting.class)).containsExactly("greeting");
				assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("first");
			}
		}
	}

	@Test
	void propertiesOfTheBuildAreUnknownToTheRun() {
		AheadOfTime application = AheadOfTime.processed(Application.class, "example.other=build");
		try (ConfigurableApplicationContext context = application.run("example.name=run")) {
			assertThat(context.getBean(Greeting.class)).isEqualTo(new Greeting("other run"));
			assertThat(context.getEnvironment().getProperty("example.other")).isNull();
		}
	}

	@Test
	void onlyTheRunIsToldToUseWhatWasGenerated() {
		AheadOfTime application = AheadOfTime.processed(Application.class, "example.name=build");
		assertThat(AotDetector.useGeneratedArtifacts()).isFalse();
		try (ConfigurableApplicationContext context = application.run("example.name=run")) {
			assertThat(context.getBean("generated", Boolean.class)).isTrue();
		}
		assertThat(AotDetector.useGeneratedArtifacts()).isFalse();
		assertThat(System.getProperty("spring.aot.processing")).isNull();
	}

	record Greeting(String text) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		boolean generated() {
			return AotDetector.useGeneratedArtifacts();
		}

		@Bean("greeting")
		@Profile("first")
		Greeting first(@Value("${example.name}") String name) {
			return new Greeting("first " + name);
		}

		@Bean("greeting")
		@Profile("!first")
		Greeting other(Environment environment) {
			return new Greeting("other " + environment.getProperty("example.name"));
		}

	}

}
