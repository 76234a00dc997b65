// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Commands for a shell: their syntax, and whether what they name exists.
 */
final class ShellCommands {

	private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s'\"]+");

	private static final Set<String> PHASES = Set.of("clean", "validate", "compile", "test", "package", "verify",
			"install", "deploy");

	private static final Set<String> SWITCHES = Set.of("-q", "-B", "-ntp", "-am", "-DskipTests");

	/** Settings of plugins that no file here names. */
	private static final Set<String> OF_PLUGINS = Set.of("artifact", "maven.repo.local", "spring-boot.run.profiles");

	private static final Pattern URL = Pattern
		.compile("(https?://)?(localhost|llm-track\\.com)(:\\w+)?(/[^?]*)(\\?.*)?");

	/** The interface of Maven Central for publishers. */
	private static final String CENTRAL = "https://central.sonatype.com/api/v1/publisher/";

	private ShellCommands() {
	}

	/**
	 * Return what is wrong with some lines of commands.
	 */
	static List<String> problems(String script) {
		List<String> problems = new ArrayList<>(syntaxProblems(script));
		script.replace("\\\n", " ")
			.lines()
			.map((line) -> line.replaceFirst("(^| )#.*", ""))
			.filter((line) -> !line.isBlank())
			.map((line) -> WORD.matcher(line).results().map(MatchResult::group).map(ShellCommands::unquoted).toList())
			.forEach((words) -> problems.addAll(problems(words)));
		return problems;
	}

	private static List<String> syntaxProblems(String script) {
		try {
			Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
			bash.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
			bash.getOutputStream().close();
			return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String unquoted(String word) {
		return word.replaceAll("^(['\"])(.*)\\1$", "$2");
	}

	private static List<String> problems(List<String> words) {
		List<String> arguments = words.subList(1, words.size());
		// Another copy of the project has the same scripts
		String command = words.get(0).replaceFirst("^\\.\\./[\\w-]+/(?=\\.ci/)", "");
		return switch (command) {
			case "mvn" -> mavenProblems(arguments);
			case "curl" -> curlProblems(arguments);
			case "export" -> List.of();
			case "benchmarks/run" ->
				missing(isInProject("benchmarks/src/main/java/com/llmtrack/benchmarks/" + arguments.get(0) + ".java"),
						arguments.get(0));
			case ".ci/run" -> arguments.stream()
				.filter((part) -> !Workflow.parts().contains(part))
				.map((part) -> "There is no part " + part)
				.toList();
			case ".ci/version", ".ci/stage" -> missing(isInProject(command), command);
			// These name nothing of the project
			case "cd", "diff", "git", "gpg", "set" -> List.of();
			case "lines/run" -> missing(Combinations.areChosenBy(arguments), String.join(" ", words));
			case ".ci/browser", ".ci/databases", ".ci/docker" -> {
				List<String> problems = new ArrayList<>(missing(isInProject(words.get(0)), words.get(0)));
				problems.addAll(arguments.isEmpty() ? List.of() : problems(arguments));
				yield problems;
			}
			default -> List.of("Nobody knows how to check " + words.get(0));
		};
	}

	private static List<String> mavenProblems(List<String> arguments) {
		List<String> problems = new ArrayList<>();
		for (int i = 0; i < arguments.size(); i++) {
			String argument = arguments.get(i);
			if (argument.equals("-pl")) {
				i++;
				Stream.of(arguments.get(i).split(","))
					.forEach((module) -> problems.addAll(missing(Project.modules().contains(module), module)));
			}
			else if (argument.startsWith("-P")) {
				problems.addAll(missing(Project.profiles().contains(argument.substring(2)), argument));
			}
			else if (argument.startsWith("-Dtest=")) {
				problems.addAll(missing(areTests(argument.substring("-Dtest=".length())), argument));
			}
			else if (argument.startsWith("-D") && !SWITCHES.contains(argument)) {
				problems.addAll(missing(isSetting(argument.substring(2).replaceFirst("=.*", "")), argument));
			}
			else {
				problems.addAll(missing(SWITCHES.contains(argument) || PHASES.contains(argument) || isGoal(argument),
						argument));
			}
		}
		return problems;
	}

	private static boolean areTests(String tests) {
		return Arrays.stream(tests.split(",")).allMatch((test) -> {
			String[] parts = test.split("#");
			return KnownTypes.contain(parts[0])
					&& (parts.length == 1 || Project.sources().contains("void " + parts[1] + "("));
		});
	}

	/**
	 * Return whether something reads a system property: the code, or one of the plugins.
	 */
	private static boolean isSetting(String name) {
		return Project.sources().contains("\"" + name + "\"") || Project.poms().contains("<" + name + ">")
				|| Project.poms().contains("<name>" + name + "</name>") || OF_PLUGINS.contains(name);
	}

	private static boolean isGoal(String goal) {
		String prefix = goal.replaceFirst(":.*", "");
		return goal.contains(":")
				&& Stream.of("<artifactId>maven-" + prefix + "-plugin<", "<artifactId>" + prefix + "-maven-plugin<")
					.anyMatch(Project.poms()::contains);
	}

	private static List<String> curlProblems(List<String> arguments) {
		List<String> problems = new ArrayList<>();
		for (int i = 0; i < arguments.size(); i++) {
			String argument = arguments.get(i);
			switch (argument) {
				case "-i", "-f" -> {
				}
				case "-X", "-H", "-F" -> i++;
				case "-d" -> {
					i++;
					problems.addAll(EventBodies.problems(arguments.get(i)));
				}
				default -> problems.addAll(missing(isServed(argument), argument));
			}
		}
		return problems;
	}

	/**
	 * Return whether a server that the documentation speaks about has something at a URL:
	 * the sample, an actuator endpoint, or LLMtrack and what stands in for it.
	 */
	private static boolean isServed(String url) {
		return url.startsWith(CENTRAL) || URL.matcher(url).results().map((match) -> match.group(4)).anyMatch((path) -> {
			if (path.startsWith("/actuator/")) {
				return PropertyMetadata.contains("management.endpoint." + path.split("/")[2] + ".access");
			}
			return isText(path) || (path.matches("/answer/\\d+") && isText("/answer/"));
		});
	}

	private static boolean isText(String text) {
		return Project.sources().contains("\"" + text + "\"");
	}

	private static boolean isInProject(String path) {
		return Files.exists(Project.ROOT.resolve(path));
	}

	private static List<String> missing(boolean exists, String name) {
		return exists ? List.of() : List.of("There is no " + name);
	}

}
