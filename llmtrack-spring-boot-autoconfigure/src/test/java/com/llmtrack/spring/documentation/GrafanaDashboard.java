// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dashboard for Grafana, as it stands in its file.
 */
final class GrafanaDashboard {

	/** What a variable matches where everything is chosen. */
	static final String ANY = ".*";

	private static final JsonNode JSON = JsonMapper.shared()
		.readTree(Project.text(Project.ROOT.resolve("monitoring/grafana-dashboard.json")));

	private static final String TARGET = "job=~\"$job\", instance=~\"$instance\"";

	private GrafanaDashboard() {
	}

	static JsonNode json() {
		return JSON;
	}

	/**
	 * Return the panels, without the rows between them.
	 */
	static List<Panel> panels() {
		return JSON.get("panels").valueStream().filter((panel) -> !isRow(panel)).map(Panel::new).toList();
	}

	/**
	 * Return the queries that variables take their values from.
	 */
	static List<String> variableQueries() {
		return JSON.at("/templating/list")
			.valueStream()
			.filter((variable) -> variable.path("type").asString().equals("query"))
			.map((variable) -> withoutVariables(variable.at("/query/query").asString()))
			.toList();
	}

	/**
	 * Return the panels below each row as the documentation has them: queries with their
	 * panels' titles, for the whole application.
	 */
	static Map<String, String> documentation() {
		Map<String, String> rows = new LinkedHashMap<>();
		String row = "";
		for (JsonNode panel : JSON.get("panels").values()) {
			if (isRow(panel)) {
				row = panel.get("title").asString();
				rows.put(row, "");
			}
			else {
				rows.merge(row, new Panel(panel).documentation(), String::concat);
			}
		}
		return rows;
	}

	private static boolean isRow(JsonNode panel) {
		return panel.get("type").asString().equals("row");
	}

	/**
	 * Return a query with a value for each variable that there is.
	 */
	private static String withoutVariables(String query) {
		String replaced = query.replace("$__rate_interval", "5m").replace("$__range", "6h");
		for (JsonNode variable : JSON.at("/templating/list").values()) {
			replaced = replaced.replace("$" + variable.get("name").asString() + "\"", ANY + "\"");
		}
		return replaced;
	}

	/**
	 * A panel.
	 *
	 * @param json what the file says
	 */
	record Panel(JsonNode json) {

		List<String> queries() {
			return targets().map(GrafanaDashboard::withoutVariables).toList();
		}

		private Stream<String> targets() {
			return this.json.get("targets").valueStream().map((target) -> target.get("expr").asString());
		}

		private String documentation() {
			return "# " + this.json.get("title").asString() + "\n"
					+ targets()
						.map((query) -> query.replace(TARGET + ", feature=~\"$feature\"", TARGET)
							.replaceAll(Pattern.quote(TARGET) + "(, )?", "")
							.replace("{}", "")
							.replace("$__rate_interval", "5m")
							.replace("$__range", "6h") + "\n")
						.collect(Collectors.joining());
		}

		@Override
		public String toString() {
			return this.json.get("title").asString();
		}

	}

}
