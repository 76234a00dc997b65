// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Mermaid flow chart, with its boxes and arrows.
 *
 * @param boxes the texts of the boxes
 * @param arrows the arrows between these
 */
record Diagram(Set<String> boxes, Set<Arrow> arrows) {

	private static final Pattern BOX = Pattern.compile("(\\w+)\\[\"([^\"]+)\"]");

	private static final String END = "(\\w+)(?:\\[\"[^\"]*\"])?";

	private static final Pattern ARROW = Pattern
		.compile("(?m)^ *" + END + " (?:-->|-\\. \"[^\"]*\" \\.->) " + END + "$");

	private static final Pattern OTHER = Pattern
		.compile("flowchart (TD|LR)|subgraph " + BOX.pattern() + "|" + BOX.pattern() + "|end");

	static Diagram of(String mermaid) {
		Map<String, String> boxes = BOX.matcher(mermaid)
			.results()
			.collect(Collectors.toMap((box) -> box.group(1), (box) -> box.group(2)));
		return new Diagram(Set.copyOf(boxes.values()),
				ARROW.matcher(mermaid)
					.results()
					.map((arrow) -> new Arrow(text(boxes, arrow, 1), text(boxes, arrow, 2)))
					.collect(Collectors.toSet()));
	}

	private static String text(Map<String, String> boxes, MatchResult arrow, int end) {
		String text = boxes.get(arrow.group(end));
		if (text == null) {
			throw new IllegalArgumentException("There is no box " + arrow.group(end));
		}
		return text;
	}

	/**
	 * Return whether a line is one of those that are understood here.
	 */
	static boolean isUnderstood(String line) {
		return ARROW.matcher(line).matches() || OTHER.matcher(line.strip()).matches();
	}

	/**
	 * An arrow from one box to another.
	 */
	record Arrow(String from, String to) {
	}

}
