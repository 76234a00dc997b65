// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.Yaml;

/**
 * The alert rules for Prometheus, as they stand in their file.
 */
final class AlertRules {

	static final Path FILE = Project.ROOT.resolve("monitoring/prometheus-rules.yml");

	private static final List<Map<String, Object>> RULES = read();

	private AlertRules() {
	}

	static List<Alert> alerts() {
		return RULES.stream()
			.filter((rule) -> rule.containsKey("alert"))
			.map((rule) -> new Alert(text(rule, "alert"), text(rule, "expr"), map(rule, "labels"),
					map(rule, "annotations")))
			.toList();
	}

	/**
	 * Return the queries of all rules.
	 */
	static List<String> queries() {
		return RULES.stream().map((rule) -> text(rule, "expr")).toList();
	}

	static boolean isAlert(String name) {
		return alerts().stream().anyMatch((alert) -> alert.name().equals(name));
	}

	static boolean isRecorded(String name) {
		return RULES.stream().anyMatch((rule) -> name.equals(rule.get("record")));
	}

	private static List<Map<String, Object>> read() {
		Map<String, List<Map<String, Object>>> file = new Yaml().load(Project.text(FILE));
		return file.get("groups").stream().flatMap((group) -> rules(group).stream()).toList();
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> rules(Map<String, Object> group) {
		return (List<Map<String, Object>>) group.get("rules");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, String> map(Map<String, Object> rule, String key) {
		return (Map<String, String>) rule.get(key);
	}

	private static String text(Map<String, Object> rule, String key) {
		return String.valueOf(rule.get(key));
	}

	/**
	 * An alert.
	 *
	 * @param name its name
	 * @param query its expression
	 * @param labels its labels
	 * @param annotations its annotations
	 */
	record Alert(String name, String query, Map<String, String> labels, Map<String, String> annotations) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
