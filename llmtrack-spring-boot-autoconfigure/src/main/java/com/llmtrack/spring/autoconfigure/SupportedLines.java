// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.llmtrack.spring.json.Json;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.util.ClassUtils;

/**
 * Which lines of Spring Boot and Spring AI LLMtrack supports. Older ones lack classes
 * that it needs. Newer ones are taken to be compatible, as are versions that can't be
 * read.
 */
final class SupportedLines {

	static final String CHAT_MODEL = "org.springframework.ai.chat.model.ChatModel";

	/** A class that Spring AI has since 1.1. */
	static final String TRANSCRIPTION_MODEL = "org.springframework.ai.audio.transcription.TranscriptionModel";

	/** The title that the manifest of the jar with {@link #CHAT_MODEL} has. */
	private static final String TITLE = "spring-ai-model";

	private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,2})(\\D.*)?");

	private SupportedLines() {
	}

	/**
	 * Return the obstacle that the versions on a class path are, or {@code null} if
	 * LLMtrack supports them.
	 * @param classLoader knows the classes of the application
	 */
	static @Nullable Obstacle obstacle(@Nullable ClassLoader classLoader) {
		return obstacle(SpringBootVersion.getVersion(), SpringAi.find(classLoader));
	}

	static @Nullable Obstacle obstacle(String springBoot, @Nullable SpringAi springAi) {
		int line = line(springBoot);
		if (!isSupported(line, springAi)) {
			return Obstacle.toRecording(
					"it found Spring Boot " + springBoot + ((springAi != null) ? " and " + springAi.text() : ""),
					"It supports Spring Boot 3.5 with Spring AI 1.1, and 4.0 and 4.1 with Spring AI 2.0.");
		}
		return (isOlder(line) && !hasModuleForOlderLine())
				? Obstacle.toRecording("llmtrack-spring-boot-3 is missing from the class path",
						"Spring Boot 3.5 needs it: depend on llmtrack-spring-boot-starter, which brings it, "
								+ "or add com.llmtrack:llmtrack-spring-boot-3.")
				: null;
	}

	private static boolean isSupported(int springBoot, @Nullable SpringAi springAi) {
		if (springBoot < 305) {
			return false;
		}
		return springAi == null
				|| (isOlder(springBoot) ? (springAi.line() > 100 && springAi.line() < 200) : springAi.line() >= 200);
	}

	/**
	 * Return whether Spring Boot is of the line that the main module is not compiled for.
	 */
	static boolean isOlder() {
		return isOlder(line(SpringBootVersion.getVersion()));
	}

	private static boolean isOlder(int springBoot) {
		return springBoot < 400;
	}

	/**
	 * Return whether there is what an older line needs, which registers services.
	 */
	private static boolean hasModuleForOlderLine() {
		return ServiceLoader.load(Json.class, Json.class.getClassLoader()).stream().findAny().isPresent();
	}

	/**
	 * Return the line of a version as a number, such as 305 for 3.5.7.
	 */
	private static int line(String version) {
		Matcher matcher = VERSION.matcher(version);
		return matcher.matches() ? Integer.parseInt(matcher.group(1)) * 100 + Integer.parseInt(matcher.group(2))
				: Integer.MAX_VALUE;
	}

	/**
	 * Spring AI on a class path.
	 *
	 * @param line its line as a number, such as 101 for 1.1.2
	 * @param text its name and version
	 */
	record SpringAi(int line, String text) {

		static SpringAi of(String version) {
			return new SpringAi(SupportedLines.line(version), "Spring AI " + version);
		}

		/**
		 * Return Spring AI, or {@code null} if there is none. A jar of which it is only a
		 * part does not tell its version, but its classes do.
		 */
		static @Nullable SpringAi find(@Nullable ClassLoader classLoader) {
			if (!ClassUtils.isPresent(CHAT_MODEL, classLoader)) {
				return null;
			}
			Class<?> model = ClassUtils.resolveClassName(CHAT_MODEL, classLoader);
			Package jar = model.getPackage();
			if (TITLE.equals(jar.getImplementationTitle()) && jar.getImplementationVersion() != null) {
				return of(jar.getImplementationVersion());
			}
			return new SpringAi(lineByClasses(model), "Spring AI of an unknown version");
		}

		private static int lineByClasses(Class<?> model) {
			if (ClassUtils.hasMethod(model, "getOptions")) {
				return 200;
			}
			return ClassUtils.isPresent(TRANSCRIPTION_MODEL, model.getClassLoader()) ? 101 : 100;
		}

	}

}
