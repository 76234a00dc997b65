// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

	private static boolean leadsSomewhere(Page page, String link) {
		String[] parts = link.split("#", 2);
		Page target = page;
		if (!parts[0].isEmpty()) {
			Path file = Project.ROOT.resolve(page.name()).resolveSibling(parts[0]).normalize();
			if (!file.startsWith(Project.ROOT) || !Files.exists(file)) {
				return false;
			}
			target = (parts.length > 1) ? new Page(link, Project.text(file)) : page;
		}
		return parts.length == 1 || target.anchors().contains(parts[1]);
	}

}
