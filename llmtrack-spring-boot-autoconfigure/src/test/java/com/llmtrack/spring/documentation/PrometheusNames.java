// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.actuate.LlmTrackMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The names and labels of the starter's metrics in Prometheus.
 */
final class PrometheusNames {

	private static final Pattern METRIC = Pattern.compile("\\bllmtrack(?:_\\w+|:\\w+:\\w+)");

	private static final Pattern SELECTOR = Pattern.compile("([\\w:]+)\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("(\\w+) ?(?:=~|!~|!=|=) ?\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring) \\(([^)]*)\\)");

	/** Labels that Prometheus adds. */
	private static final List<String> TARGET = List.of("job", "instance", "namespace", "pod");

	private static final Map<String, List<String>> LABELS = scrape();

	private PrometheusNames() {
	}

	/**
	 * Return whether a name is that of a meter, as the code has it.
	 */
	static boolean isMeter(String name) {
		return Stream.of(LlmTrackMeter.values()).anyMatch((meter) -> meter.getName().equals(name));
	}

	/**
	 * Return which metrics that a text names there are not.
	 */
	static List<String> unknown(String text) {
		return METRIC.matcher(text)
			.results()
			.map(MatchResult::group)
			.filter((name) -> !LABELS.containsKey(name) && !AlertRules.isRecorded(name))
			.toList();
	}

	/**
	 * Return what is wrong with a query.
	 */
	static List<String> problems(String query) {
		List<String> problems = new ArrayList<>(unknown(query));
		SELECTOR.matcher(query)
			.results()
			.forEach((selector) -> MATCHER.matcher(selector.group(2))
				.results()
				.forEach((matcher) -> problems
					.addAll(problems(selector.group(1), matcher.group(1), matcher.group(2).split("\\|")))));
		List<String> metrics = METRIC.matcher(query).results().map(MatchResult::group).toList();
		GROUPING.matcher(query)
			.results()
			.flatMap((grouping) -> List.of(grouping.group(1).split(", *")).stream())
			.filter((label) -> metrics.stream().noneMatch((metric) -> hasLabel(metric, label)))
			.forEach((label) -> problems.add("No label " + label));
		if (query.chars().filter((character) -> character == '(').count() != query.chars()
			.filter((character) -> character == ')')
			.count()) {
			problems.add("Unbalanced parentheses");
		}
		return problems;
	}

	private static List<String> problems(String metric, String label, String... values) {
		if (!hasLabel(metric, label)) {
			return List.of(metric + " has no label " + label);
		}
		return List.of(values)
			.stream()
			.filter((value) -> !isValue(label, value))
			.map((value) -> "No value " + value + " of label " + label)
			.toList();
	}

	private static boolean hasLabel(String metric, String label) {
		return TARGET.contains(label) || LABELS.getOrDefault(metric, List.of()).contains(label)
				|| (AlertRules.isRecorded(metric) && label.equals("feature"));
	}

	/**
	 * Return whether a label may have a value: any, or one that the starter publishes.
	 */
	private static boolean isValue(String label, String value) {
		return value.equals(GrafanaDashboard.ANY) || PublishedLabels.values(label).contains(value);
	}

	private static Map<String, List<String>> scrape() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		for (LlmTrackMeter meter : LlmTrackMeter.values()) {
			List<Tag> tags = Stream.of(meter.getKeyNames()).map((key) -> Tag.of(key.asString(), "value")).toList();
			String unit = meter.getBaseUnit().isEmpty() ? null : meter.getBaseUnit();
			switch (meter.getType()) {
				case TIMER -> Timer.builder(meter.getName())
					.tags(tags)
					.serviceLevelObjectives(Duration.ofSeconds(1))
					.register(registry);
				case COUNTER -> Counter.builder(meter.getName()).baseUnit(unit).tags(tags).register(registry);
				default -> Gauge.builder(meter.getName(), () -> 1).baseUnit(unit).tags(tags).register(registry);
			}
		}
		return registry.scrape()
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.collect(Collectors.toMap((line) -> line.replaceFirst("[{ ].*", ""), PrometheusNames::labels,
					(one, other) -> one, TreeMap::new));
	}

	private static List<String> labels(String sample) {
		return MATCHER.matcher(sample).results().map((label) -> label.group(1)).toList();
	}

}
