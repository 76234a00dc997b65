// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The links of a page to files of this project, and to parts of them.
 */
final class PageLinks {

	private PageLinks() {
	}

	/**
	 * Return the links that lead nowhere.
	 */
	static List<String> broken(Page page) {
		return page.links()
			.filter((link) -> !link.contains(":"))
			.filter((link) -> !leadsSomewhere(page, link))
			.toList();
	}

	/**
	 * Return the files of this project that a page leads to, by their paths from its
	 * root.
	 */
	static Stream<String> files(Page page) {
		return page.links()
			.filter((link) -> !link.contains(":") && !link.startsWith("#"))
			.map((link) -> file(page, link.replaceFirst("#.*", "")))
			.map((file) -> Project.ROOT.relativize(file).toString());
	}

	private static Path file(Page page, String link) {
		return Project.ROOT.resolve(page.name()).resolveSibling(link).normalize();
	}

	private static boolean leadsSomewhere(Page page, String link) {
		String[] parts = link.split("#", 2);
		Page target = page;
		if (!parts[0].isEmpty()) {
			Path file = file(page, parts[0]);
			if (!file.startsWith(Project.ROOT) || !Files.exists(file)) {
				return false;
			}
			target = (parts.length > 1) ? new Page(link, Project.text(file)) : page;
		}
		return parts.length == 1 || target.anchors().contains(parts[1]);
	}

}
