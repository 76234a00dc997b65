// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The simple names of all types that the documentation may name: those on the class path,
 * in the JDK, and in the sources of this project.
 */
final class KnownTypes {

	/** Of libraries that are not in use here, and of newer JDKs. */
	private static final Set<String> OTHERS = Set.of("Aspect", "Transactional", "StructuredTaskScope");

	private static final Set<String> NAMES = find();

	private KnownTypes() {
	}

	static boolean contain(String simpleName) {
		return NAMES.contains(simpleName);
	}

	private static Set<String> find() {
		Set<String> names = new HashSet<>(OTHERS);
		Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter(Files::exists)
			.forEach((entry) -> add(entry, names));
		addAll(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules"), names);
		Stream.of("main", "test")
			.flatMap(Project::javaFiles)
			.forEach((file) -> names.add(file.getFileName().toString().replace(".java", "")));
		return names;
	}

	private static void add(Path entry, Set<String> names) {
		if (Files.isDirectory(entry)) {
			addAll(entry, names);
			return;
		}
		try (JarFile jar = new JarFile(entry.toFile())) {
			jar.stream()
				.map((file) -> file.getName())
				.filter(KnownTypes::isClass)
				.map(KnownTypes::simpleName)
				.forEach(names::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void addAll(Path directory, Set<String> names) {
		try (Stream<Path> files = Files.walk(directory)) {
			files.map(Path::toString).filter(KnownTypes::isClass).map(KnownTypes::simpleName).forEach(names::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isClass(String file) {
		return file.endsWith(".class");
	}

	private static String simpleName(String file) {
		return file.substring(0, file.length() - ".class".length()).replaceFirst("(?s).*[/\\\\$]", "");
	}

}
