// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of this project that the documentation names.
 */
final class Project {

	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

	private static final Pattern PROFILE = Pattern.compile("<profile>\\s*<id>([^<]+)</id>");

	private static final Pattern RELEASE = Pattern.compile("-Dapi\\.baseline\\.version=(\\S+)");

	// What names things that there are not, to see that this is noticed, is no evidence
	private static final String SOURCES = Stream.concat(javaFiles("main"), javaFiles("test"))
		.filter((file) -> !file.getParent().endsWith("documentation"))
		.map(Project::text)
		.collect(Collectors.joining("\n"));

	private static final String POMS = Stream.concat(Stream.of(ROOT), modules().stream().map(ROOT::resolve))
		.map((directory) -> text(directory.resolve("pom.xml")))
		.collect(Collectors.joining("\n"));

	private Project() {
	}

	/**
	 * Return the names of the modules, which are those of their directories.
	 */
	static List<String> modules() {
		return MODULE.matcher(text(ROOT.resolve("pom.xml"))).results().map((module) -> module.group(1)).toList();
	}

	static List<String> profiles() {
		return PROFILE.matcher(POMS).results().map((profile) -> profile.group(1)).toList();
	}

	static String version() {
		return text(ROOT.resolve("pom.xml")).replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
	}

	/**
	 * Return the version that the documentation names: after a release, the release.
	 */
	static String documentedVersion() {
		String version = version();
		Matcher release = RELEASE.matcher(text(ROOT.resolve(".mvn").resolve("maven.config")));
		return (version.endsWith("-SNAPSHOT") && release.find()) ? release.group(1) : version;
	}

	/**
	 * Return the modules that are published.
	 */
	static List<String> publishedModules() {
		return modules().stream()
			.filter((module) -> text(ROOT.resolve(module).resolve("pom.xml"))
				.contains("<maven.deploy.skip>false</maven.deploy.skip>"))
			.toList();
	}

	/**
	 * Return all POMs, one after the other.
	 */
	static String poms() {
		return POMS;
	}

	/**
	 * Return all Java of all modules, tests included.
	 */
	static String sources() {
		return SOURCES;
	}

	/**
	 * Return the Java files of all modules.
	 * @param part {@code main} or {@code test}
	 */
	static Stream<Path> javaFiles(String part) {
		return modules().stream()
			.map((module) -> ROOT.resolve(module).resolve("src").resolve(part).resolve("java"))
			.filter(Files::isDirectory)
			.flatMap(Project::files)
			.filter((file) -> file.toString().endsWith(".java"));
	}

	/**
	 * Return all files below a directory.
	 */
	static Stream<Path> files(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
