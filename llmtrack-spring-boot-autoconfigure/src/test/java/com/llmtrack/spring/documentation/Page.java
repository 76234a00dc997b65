// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param name its path from the project's root
 * @param text what is on it
 */
record Page(String name, String text) {

	private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\S*)\\s*?\n(.*?)^\\1```\\s*?$");

	private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	/**
	 * Return all pages, also those in folders.
	 */
	static List<Page> all() {
		Stream<Path> top = Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASE.md", "SECURITY.md")
			.map(Project.ROOT::resolve);
		return Stream.concat(top, Project.files(Project.ROOT.resolve("docs")))
			.filter((file) -> file.toString().endsWith(".md"))
			.map((file) -> new Page(Project.ROOT.relativize(file).toString(), Project.text(file)))
			.toList();
	}

	/**
	 * Return all blocks of code in some languages, on whichever page.
	 */
	static List<CodeBlock> blocks(String... languages) {
		List<String> wanted = List.of(languages);
		return all().stream().flatMap(Page::blocks).filter((block) -> wanted.contains(block.language())).toList();
	}

	static Stream<CodeSpan> allSpans() {
		return all().stream().flatMap(Page::spans);
	}

	Stream<CodeBlock> blocks() {
		return BLOCK.matcher(this.text)
			.results()
			.map((block) -> new CodeBlock(this.name, lineAt(this.text, block.start(3)), block.group(2),
					block.group(3).replaceAll("(?m)^" + block.group(1), "")));
	}

	/**
	 * Return the text without blocks of code, of which only the line breaks are left.
	 */
	String prose() {
		return BLOCK.matcher(this.text)
			.replaceAll((block) -> Matcher.quoteReplacement(block.group().replaceAll(".", "")));
	}

	Stream<CodeSpan> spans() {
		String prose = prose();
		return SPAN.matcher(prose)
			.results()
			.map((span) -> new CodeSpan(this.name, lineAt(prose, span.start()), span.group(1).replaceAll("\\s+", " ")));
	}

	Stream<String> links() {
		return LINK.matcher(prose()).results().map((link) -> link.group(1));
	}

	/**
	 * Return what a link to a part of the page may end with.
	 */
	List<String> anchors() {
		return HEADING.matcher(prose())
			.results()
			.map((heading) -> heading.group(1)
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N}_ -]", "")
				.replace(' ', '-'))
			.toList();
	}

	private static int lineAt(String text, int position) {
		return 1 + (int) text.substring(0, position).chars().filter((character) -> character == '\n').count();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
