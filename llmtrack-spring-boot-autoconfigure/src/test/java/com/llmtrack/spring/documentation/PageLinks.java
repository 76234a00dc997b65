/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
