// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.core.io.InputStreamSource;
import org.springframework.util.ClassUtils;
import org.springframework.util.FileSystemUtils;

/**
 * Compiles generated sources, and defines the classes in the packages and by the class
 * loaders of those that they are for, so that they may use what is package-private.
 */
final class GeneratedCode {

	/** Those of CGLIB by their paths, which are generated only once. */
	private static final Map<String, InputStreamSource> generatedClasses = new ConcurrentHashMap<>();

	private GeneratedCode() {
	}

	/**
	 * Compile sources and define their classes.
	 * @param files the sources, and classes that are defined already
	 */
	static void define(InMemoryGeneratedFiles files) {
		generatedClasses.putAll(files.getGeneratedFiles(GeneratedFiles.Kind.CLASS));
		try {
			Path directory = Files.createTempDirectory("generated");
			try {
				write(generatedClasses, directory.resolve("generated"));
				compile(write(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE), directory.resolve("sources")),
						directory);
				defineAll(directory.resolve("classes"));
			}
			finally {
				FileSystemUtils.deleteRecursively(directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> write(Map<String, InputStreamSource> files, Path directory) throws IOException {
		List<Path> written = new ArrayList<>();
		for (Map.Entry<String, InputStreamSource> entry : files.entrySet()) {
			Path file = directory.resolve(entry.getKey());
			Files.createDirectories(file.getParent());
			Files.write(file, entry.getValue().getInputStream().readAllBytes());
			written.add(file);
		}
		return written;
	}

	private static void compile(List<Path> sources, Path directory) throws IOException {
		Path arguments = directory.resolve("arguments");
		Files.write(arguments, sources.stream().map((source) -> '"' + source.toString() + '"').toList());
		ByteArrayOutputStream messages = new ByteArrayOutputStream();
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, messages, messages, "-proc:none", "-nowarn", "-encoding", "UTF-8", "-classpath",
					System.getProperty("java.class.path") + File.pathSeparator + directory.resolve("generated"), "-d",
					directory.resolve("classes").toString(), "@" + arguments);
		if (result != 0) {
			throw new IllegalStateException(messages.toString(StandardCharsets.UTF_8));
		}
	}

	private static void defineAll(Path classes) throws IOException {
		List<Path> files;
		try (Stream<Path> found = Files.walk(classes)) {
			files = found.filter((file) -> file.toString().endsWith(ClassUtils.CLASS_FILE_SUFFIX)).toList();
		}
		for (Path file : files) {
			String path = classes.relativize(file).toString();
			define(path.substring(0, path.length() - ClassUtils.CLASS_FILE_SUFFIX.length()).replace('/', '.'),
					Files.readAllBytes(file));
		}
	}

	private static void define(String className, byte[] content) {
		try {
			MethodHandles.privateLookupIn(neighbour(className), MethodHandles.lookup()).defineClass(content);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the class that a class was generated for, or one that this is nested in:
	 * <code>Outer_Nested__BeanDefinitions</code> is for <code>Outer$Nested</code>.
	 */
	private static Class<?> neighbour(String generated) {
		String name = generated.substring(0, generated.indexOf("__"));
		while (!ClassUtils.isPresent(name, null)) {
			int end = name.lastIndexOf('_');
			if (end == -1) {
				throw new IllegalStateException("No class that " + generated + " is for");
			}
			name = name.substring(0, end);
		}
		return ClassUtils.resolveClassName(name, null);
	}

}
