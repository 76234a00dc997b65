// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;
import java.util.Locale;

import com.llmtrack.spring.documentation.AlertRules.Alert;
import com.llmtrack.spring.documentation.GrafanaDashboard.Panel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the dashboard and the alert rules against what the starter publishes, and that
 * the documentation shows them as they are. What the rules do is tested by promtool.
 */
@Tag("project")
class MonitoringTests {

	private static final Page PAGE = Page.all()
		.stream()
		.filter((page) -> page.name().equals("docs/monitoring.md"))
		.findFirst()
		.orElseThrow();

	static List<Panel> panels() {
		return GrafanaDashboard.panels();
	}

	static List<Alert> alerts() {
		return AlertRules.alerts();
	}

	@ParameterizedTest
	@MethodSource("panels")
	void panelQueriesWhatIsPublished(Panel panel) {
		assertThat(panel.queries()).isNotEmpty()
			.allSatisfy((query) -> assertThat(PrometheusNames.problems(query)).as(query).isEmpty())
			.noneMatch((query) -> query.contains("$"));
	}

	@Test
	void variablesQueryWhatIsPublished() {
		assertThat(GrafanaDashboard.variableQueries()).hasSize(3)
			.allSatisfy((query) -> assertThat(PrometheusNames.problems(query)).as(query).isEmpty())
			.allSatisfy((query) -> assertThat(PrometheusNames.problems(labelOf(query))).as(query).isEmpty());
	}

	/**
	 * Return a query by the label whose values another one lists.
	 */
	private static String labelOf(String query) {
		return query.replaceFirst("label_values\\((.*), (\\w+)\\)", "sum by ($2) ($1)");
	}

	@ParameterizedTest
	@MethodSource("panels")
	void panelSaysWhatItShowsAndWhereItsDataIs(Panel panel) {
		JsonNode json = panel.json();
		assertThat(json.path("description").asString("")).hasSizeGreaterThan(30).endsWith(".");
		assertThat(json.at("/datasource/uid").asString()).isEqualTo("${datasource}");
		assertThat(json.get("targets").valueStream())
			.allMatch((target) -> target.at("/datasource/uid").asString().equals("${datasource}"));
		if (!json.get("type").asString().equals("state-timeline")) {
			assertThat(json.at("/fieldConfig/defaults/unit").asString("")).isNotEmpty();
		}
	}

	@Test
	void panelsHaveTheirOwnPlaces() {
		assertThat(panels()).extracting((panel) -> panel.json().get("id").asInt()).doesNotHaveDuplicates();
		assertThat(panels()).extracting(Panel::toString).doesNotHaveDuplicates();
		assertThat(panels()).extracting((panel) -> panel.json().get("gridPos"))
			.doesNotHaveDuplicates()
			.allMatch((place) -> place.get("x").asInt() + place.get("w").asInt() <= 24);
	}

	@Test
	void dashboardKnowsEachState() {
		JsonNode panel = panels().stream()
			.filter((candidate) -> candidate.toString().equals("Delivery state"))
			.findFirst()
			.orElseThrow()
			.json();
		JsonNode names = panel.at("/fieldConfig/defaults/mappings/0/options");
		assertThat(PublishedLabels.values("state")).hasSize(names.size());
		names.propertyStream()
			.forEach((name) -> assertThat(panel.at("/targets/0/expr").asString())
				.contains(name.getKey() + " * llmtrack_delivery_state{job=~\"$job\", instance=~\"$instance\", state=\""
						+ name.getValue().get("text").asString() + "\"}"));
	}

	@Test
	void rulesQueryWhatIsPublished() {
		assertThat(AlertRules.queries()).hasSizeGreaterThan(5)
			.allSatisfy((query) -> assertThat(PrometheusNames.problems(query)).as(query).isEmpty());
	}

	@Test
	void actionIsRequiredInEachStateThatNeedsIt() {
		Alert alert = alerts().stream()
			.filter((candidate) -> candidate.name().equals("LlmTrackActionRequired"))
			.findFirst()
			.orElseThrow();
		assertThat(PublishedLabels.values("state")).filteredOn((state) -> !state.matches("active|waiting"))
			.allSatisfy((state) -> assertThat(alert.query()).containsPattern("[\"|]" + state + "[\"|]"))
			.allSatisfy((state) -> assertThat(alert.annotations().get("description")).contains(state));
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void alertSaysWhatToDo(Alert alert) {
		assertThat(alert.labels().get("severity")).isIn("warning", "critical");
		assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook")
			.containsEntry("runbook", PAGE.name() + "#" + alert.name().toLowerCase(Locale.ROOT));
		assertThat(PAGE.anchors()).contains(alert.name().toLowerCase(Locale.ROOT));
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void alertIsTestedBothWays(Alert alert) {
		String tests = Project.text(AlertRules.FILE.resolveSibling("prometheus-rules.test.yml"));
		assertThat(tests).containsPattern("- alertname: " + alert.name() + "\\n +eval_time: \\w+\\n +exp_alerts:")
			.containsPattern("- \\{?alertname: " + alert.name() + "(,|\\n) +eval_time: \\w+(}\\n|\\n +-)");
	}

	@Test
	void documentationHasTheRules() {
		assertThat(PAGE.blocks().filter((block) -> block.language().equals("yaml")).map(CodeBlock::code))
			.contains(Project.text(AlertRules.FILE));
	}

	@Test
	void documentationHasThePanels() {
		assertThat(PAGE.blocks().filter((block) -> block.language().equals("promql")).map(CodeBlock::code))
			.containsExactlyElementsOf(GrafanaDashboard.documentation().values());
		assertThat(PAGE.anchors()).containsAll(GrafanaDashboard.documentation()
			.keySet()
			.stream()
			.map((row) -> row.toLowerCase(Locale.ROOT).replace(' ', '-'))
			.toList());
	}

}
