// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import java.util.Set;

import com.llmtrack.spring.autoconfigure.Obstacle.Scope;
import com.llmtrack.spring.autoconfigure.Obstacle.Severity;
import com.llmtrack.spring.autoconfigure.SupportedLines.SpringAi;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.audio.transcription.TranscriptionModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.StreamUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SupportedLines}.
 */
class SupportedLinesTests {

	private static final String SUPPORTED = "It supports Spring Boot 3.5 with Spring AI 1.1, and 4.0 and 4.1 with "
			+ "Spring AI 2.0.";

	@ParameterizedTest
	@CsvSource({ "4.0.0,2.0.0", "4.0.7,2.0.1", "4.1.1,2.0.1", "4.1.1,", "4.2.0-M1,2.0.1", "4.1.1,2.1.0-SNAPSHOT",
			"5.0.0,3.0.0", "4.10.0,2.10.0", "unknown,2.0.1", "4.1.1,unknown", "4.1.1,2024.10" })
	void lineIsSupported(String springBoot, @Nullable String springAi) {
		assertThat(obstacle(springBoot, springAi)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "3.4.2,1.0.3,Spring Boot 3.4.2 and Spring AI 1.0.3",
			"3.4.13,1.1.2,Spring Boot 3.4.13 and Spring AI 1.1.2", "3.4.2,,Spring Boot 3.4.2",
			"3.5.7,1.0.4,Spring Boot 3.5.7 and Spring AI 1.0.4",
			"3.5.7,1.0.0-M6,Spring Boot 3.5.7 and Spring AI 1.0.0-M6",
			"3.5.7,2.0.1,Spring Boot 3.5.7 and Spring AI 2.0.1", "4.1.1,1.1.2,Spring Boot 4.1.1 and Spring AI 1.1.2" })
	void lineIsNotSupported(String springBoot, @Nullable String springAi, String found) {
		assertThat(obstacle(springBoot, springAi))
			.isEqualTo(new Obstacle(Scope.RECORDING, Severity.WARN, "it found " + found, SUPPORTED));
	}

	@ParameterizedTest
	@CsvSource({ "3.5.7,1.1.2", "3.5.16,1.1.8", "3.5.7," })
	void olderLineNeedsItsModule(String springBoot, @Nullable String springAi) {
		assertThat(obstacle(springBoot, springAi)).isEqualTo(
				new Obstacle(Scope.RECORDING, Severity.WARN, "llmtrack-spring-boot-3 is missing from the class path",
						"Spring Boot 3.5 needs it: depend on llmtrack-spring-boot-starter, which brings it, or add "
								+ "com.llmtrack:llmtrack-spring-boot-3."));
	}

	private static @Nullable Obstacle obstacle(String springBoot, @Nullable String springAi) {
		return SupportedLines.obstacle(springBoot, (springAi != null) ? SpringAi.of(springAi) : null);
	}

	@Test
	void versionOfSpringAiIsThatOfItsJar() {
		assertThat(SpringAi.find(getClass().getClassLoader())).isNotNull().satisfies((springAi) -> {
			assertThat(springAi.line()).isBetween(200, 299);
			assertThat(springAi.text()).matches("Spring AI 2\\.\\d+\\.\\d+.*");
		});
	}

	@Test
	void thereMayBeNoSpringAi() {
		assertThat(SpringAi.find(new FilteredClassLoader(ChatModel.class))).isNull();
	}

	@Test
	void classesTellTheLineOfASpringAiWithoutAVersion() throws Exception {
		try (URLClassLoader repackaged = new Repackaged()) {
			assertThat(SpringAi.find(repackaged)).isEqualTo(new SpringAi(200, "Spring AI of an unknown version"));
		}
	}

	@Test
	void classesTellAnOlderLineOfASpringAiWithoutAVersion() {
		ClassLoader parent = getClass().getClassLoader();
		assertThat(SpringAi.find(withOlderModel(parent)))
			.isEqualTo(new SpringAi(101, "Spring AI of an unknown version"));
		assertThat(SpringAi.find(withOlderModel(new FilteredClassLoader(TranscriptionModel.class))))
			.isEqualTo(new SpringAi(100, "Spring AI of an unknown version"));
	}

	/**
	 * Return a class loader with a {@link ChatModel} that has no {@code getOptions}.
	 */
	private static @Nullable ClassLoader withOlderModel(ClassLoader parent) {
		return new ByteBuddy().makeInterface()
			.name(SupportedLines.CHAT_MODEL)
			.make()
			.load(parent, ClassLoadingStrategy.Default.CHILD_FIRST)
			.getLoaded()
			.getClassLoader();
	}

	/**
	 * Has Spring AI's classes as an application has them that is packaged as one jar.
	 */
	private static final class Repackaged extends URLClassLoader {

		private static final Set<String> OWN = Set.of(SupportedLines.CHAT_MODEL);

		Repackaged() {
			super(new URL[0], SupportedLinesTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				if (!OWN.contains(name) || findLoadedClass(name) != null) {
					return super.loadClass(name, resolve);
				}
				try (InputStream stream = Objects.requireNonNull(
						getParent().getResourceAsStream(ClassUtils.convertClassNameToResourcePath(name) + ".class"))) {
					byte[] content = StreamUtils.copyToByteArray(stream);
					return defineClass(name, content, 0, content.length);
				}
				catch (IOException ex) {
					throw new ClassNotFoundException(name, ex);
				}
			}
		}

	}

}
