// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names in code within a sentence: of types, members of the project's types, methods,
 * packages and files.
 */
final class CodeNames {

	private static final Pattern TYPE = Pattern.compile("(?<![\\w.$/-])@?([A-Z][a-z0-9]+[A-Z]\\w*|(?<=@)[A-Z]\\w+)");

	private static final Pattern MEMBER = Pattern.compile("(?<![\\w.])([A-Z]\\w+)\\.(\\w+)");

	private static final Pattern METHOD = Pattern.compile("([a-z]+[A-Z]\\w*)(?:\\([^)]*\\))?");

	private static final Pattern PACKAGE = Pattern.compile("com\\.llmtrack\\.(?:spring|sample)[\\w.]*\\w");

	private static final Pattern FILE = Pattern.compile("([\\w.-]+)/[\\w./-]+");

	/**
	 * Of libraries, and called by no code here; and what Kubernetes has such names for.
	 */
	private static final Set<String> OTHER_METHODS = Set.of("registerResolvableDependency", "includeUsage",
			"mavenLocal", "emptyDir", "terminationGracePeriodSeconds");

	private CodeNames() {
	}

	/**
	 * Return the names of nothing.
	 */
	static List<String> unknown(String code) {
		List<String> unknown = new ArrayList<>();
		addUnknown(unknown, TYPE, code,
				(match) -> KnownTypes.contain(match.group(1)) || AlertRules.isAlert(match.group(1)));
		addUnknown(unknown, MEMBER, code, CodeNames::isMember);
		addUnknown(unknown, PACKAGE, code, (match) -> isPackageOrType(match.group()));
		Stream.of(METHOD.matcher(code))
			.filter((method) -> method.matches() && !isWord(method.group(1)))
			.forEach((method) -> unknown.add(method.group()));
		Stream.of(FILE.matcher(code))
			.filter((file) -> file.matches() && isMissing(file.group(1), code))
			.forEach((file) -> unknown.add(file.group()));
		return unknown;
	}

	private static void addUnknown(List<String> unknown, Pattern pattern, String code, Predicate<MatchResult> known) {
		pattern.matcher(code).results().filter(known.negate()).map(MatchResult::group).forEach(unknown::add);
	}

	/**
	 * Return whether a type has a member, unless it is none of the project's.
	 */
	private static boolean isMember(MatchResult match) {
		return Stream.of("main", "test")
			.flatMap(Project::javaFiles)
			.filter((file) -> file.endsWith(match.group(1) + ".java"))
			.map(Project::text)
			.allMatch((source) -> Pattern.compile("\\b" + match.group(2) + "\\b").matcher(source).find());
	}

	private static boolean isPackageOrType(String name) {
		return Project.modules()
			.stream()
			.map((module) -> Project.ROOT.resolve(module).resolve("src"))
			.anyMatch((src) -> {
				String path = name.replace('.', '/');
				return Stream.of("main/java/", "test/java/")
					.map((part) -> src.resolve(part + path))
					.anyMatch((file) -> Files.isDirectory(file) || Files.exists(Path.of(file + ".java")));
			});
	}

	/**
	 * Return whether a name is one that this project's code uses, be it of a library.
	 */
	private static boolean isWord(String name) {
		return OTHER_METHODS.contains(name) || Pattern.compile("\\b" + name + "\\b").matcher(Project.sources()).find();
	}

	private static boolean isMissing(String first, String file) {
		// What a build leaves is there after that build only
		return !first.equals("target") && Files.exists(Project.ROOT.resolve(first))
				&& !Files.exists(Project.ROOT.resolve(file));
	}

}
