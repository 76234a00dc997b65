// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that metrics in the documentation exist, with their labels and values.
 */
@Tag("project")
class DocumentedMetricTests {

	static List<Page> pages() {
		return Page.all();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyMetricThatIsNamedExists(Page page) {
		assertThat(PrometheusNames.unknown(page.text())).as("%s", page).isEmpty();
	}

	static List<CodeBlock> queries() {
		return Page.blocks("promql");
	}

	@ParameterizedTest
	@MethodSource("queries")
	void queryUsesLabelsThatThereAre(CodeBlock block) {
		assertThat(PrometheusNames.problems(block.code())).as("%s", block).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "llmtrack_event_total", "rate(llmtrack_tokens[5m])",
			"llmtrack_events_total{outcom=\"dropped\"}", "llmtrack_events_total{outcome=\"lost\"}",
			"llmtrack_delivery_state{state=~\"waiting|no_such_state\"}", "sum by (customer) (llmtrack_events_total)",
			"llmtrack_delivery_state{state=\"queue_full\"}", "llmtrack:tokens:increase1h",
			"llmtrack_tokens_total{feature=~\"$no_variable\"}", "llmtrack_queue_size_events_bucket",
			"max(llmtrack_pending_age_seconds" })
	void brokenQueryIsNoticed(String query) {
		assertThat(PrometheusNames.problems(query)).hasSize(1);
	}

}
