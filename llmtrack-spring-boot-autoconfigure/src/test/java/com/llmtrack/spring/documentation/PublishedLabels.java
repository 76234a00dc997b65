// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.actuate.LlmTrackMetrics;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.delivery.EventTransport;
import com.llmtrack.spring.delivery.OutgoingEvent;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The values of labels that the starter publishes.
 */
final class PublishedLabels {

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	private static final Map<String, Set<String>> VALUES = scrape();

	private PublishedLabels() {
	}

	static Set<String> values(String label) {
		return VALUES.getOrDefault(label, Set.of());
	}

	/**
	 * Count a request of each status with all tokens, as an application does.
	 */
	private static Map<String, Set<String>> scrape() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		EventDispatcher dispatcher = new EventDispatcher(new DeliverySettings(10, 1, Duration.ZERO),
				new AcceptingTransport());
		new LlmTrackMetrics(dispatcher, Budgets.none(), 10, 10, 10).bindTo(registry);
		for (LlmRequestStatus status : LlmRequestStatus.values()) {
			dispatcher.record(LlmUsageEvent.builder()
				.provider("openai")
				.model("gpt-4o-mini")
				.status(status)
				.latency(Duration.ofSeconds(1))
				.tokens(LlmTokenUsage.builder()
					.prompt(5L)
					.completion(5L)
					.cachedInput(1L)
					.cacheWrite(1L)
					.reasoning(1L)
					.build())
				.build());
		}
		String scraped = registry.scrape();
		dispatcher.destroy();
		return LABEL.matcher(scraped)
			.results()
			.collect(Collectors.groupingBy((label) -> label.group(1),
					Collectors.mapping((label) -> label.group(2), Collectors.toSet())));
	}

	private static final class AcceptingTransport implements EventTransport {

		@Override
		public CompletionStage<DeliveryResult> send(OutgoingEvent event) {
			return CompletableFuture.completedStage(new DeliveryResult.Accepted(false));
		}

		@Override
		public void close() {
		}

	}

}
