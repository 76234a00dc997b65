// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What watches over the model.
 */
public enum Variant {

	/**
	 * Nothing.
	 */
	BARE("bare", false, false, false),

	/**
	 * The starter, and nothing else.
	 */
	STARTER("starter", true, false, false),

	/**
	 * The starter, for requests that no feature is named for.
	 */
	STARTER_WITHOUT_FEATURE("starter, request without a feature", true, false, false),

	/**
	 * The starter while nothing is delivered and its queue is full.
	 */
	STARTER_QUEUE_FULL("starter, queue full", true, false, false),

	/**
	 * The starter with ten budgets that count all requests, two of which may refuse them.
	 */
	STARTER_WITH_BUDGETS("starter, ten budgets", true, false, false),

	/**
	 * The starter over a model of the application's own, which may pass requests on to
	 * other models.
	 */
	STARTER_OWN_MODEL("starter, model of the application's own", true, false, false),

	/**
	 * Spring AI's metrics in Micrometer's simple registry.
	 */
	METRICS("Spring AI's metrics", false, true, false),

	/**
	 * OpenTelemetry's tracing, by Micrometer's bridge, with a batch processor whose
	 * exporter drops the spans.
	 */
	TRACING("OpenTelemetry", false, false, true),

	/**
	 * Spring AI's metrics and OpenTelemetry's tracing.
	 */
	METRICS_AND_TRACING("both", false, true, true),

	/**
	 * The starter beside both.
	 */
	STARTER_BESIDE_BOTH("starter beside both", true, true, true);

	private final String label;

	private final boolean starter;

	private final boolean metrics;

	private final boolean tracing;

	Variant(String label, boolean starter, boolean metrics, boolean tracing) {
		this.label = label;
		this.starter = starter;
		this.metrics = metrics;
		this.tracing = tracing;
	}

	String label() {
		return this.label;
	}

	boolean hasStarter() {
		return this.starter;
	}

	/**
	 * Return further properties of the application.
	 */
	Map<String, Object> properties() {
		return (this == STARTER_WITH_BUDGETS) ? TenBudgets.properties() : Map.of();
	}

	/**
	 * Return what the names of the auto-configurations start with that this variant does
	 * without.
	 */
	List<String> excludedAutoConfigurations() {
		List<String> excluded = new ArrayList<>();
		if (!this.starter) {
			excluded.add("com.llmtrack.");
		}
		if (!this.metrics) {
			excluded.add("org.springframework.boot.micrometer.metrics.");
		}
		if (!this.tracing) {
			excluded.add("org.springframework.boot.micrometer.tracing.");
			excluded.add("org.springframework.boot.opentelemetry.");
		}
		if (!this.metrics && !this.tracing) {
			excluded.add("org.springframework.boot.micrometer.observation.");
		}
		return excluded;
	}

}
