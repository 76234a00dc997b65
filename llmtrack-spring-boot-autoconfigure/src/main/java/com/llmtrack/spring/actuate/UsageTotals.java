// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.DeliveryListener;
import com.llmtrack.spring.delivery.DeliveryResult;
import org.jspecify.annotations.Nullable;

/**
 * Totals since the start by feature, provider, model and status. Bounded: combinations
 * beyond a thousand are added up as {@code other}.
 */
final class UsageTotals implements DeliveryListener {

	private static final int MAX_SOURCES = 1_000;

	private final Map<Source, Sums> sums = new ConcurrentHashMap<>();

	@Override
	public void recorded(LlmUsageEvent event) {
		Sums sums = sums(event);
		sums.requests.increment();
		sums.tokens.add(count(event.tokens().total()));
	}

	@Override
	public void delivered(LlmUsageEvent event, DeliveryResult.Accepted answer, Duration age) {
		BigDecimal cost = answer.cost();
		if (cost != null) {
			sums(event).cost.updateAndGet((sum) -> (sum != null) ? sum.add(cost) : cost);
		}
	}

	private static long count(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

	private Sums sums(LlmUsageEvent event) {
		Source source = Source.of(event);
		Sums known = this.sums.get(source);
		if (known != null) {
			return known;
		}
		return this.sums.computeIfAbsent((this.sums.size() < MAX_SOURCES) ? source : Source.OTHER, (key) -> new Sums());
	}

	/**
	 * Return all totals, those with the most requests first.
	 */
	List<Total> totals() {
		return this.sums.entrySet()
			.stream()
			.map((entry) -> entry.getValue().total(entry.getKey()))
			.sorted(Comparator.comparingLong(Total::requests).reversed())
			.toList();
	}

	/**
	 * What the requests of one combination used.
	 *
	 * @param feature the feature, or {@code null} if there was none
	 * @param provider the provider
	 * @param model the model
	 * @param status how the requests ended
	 * @param requests how many there were
	 * @param totalTokens how many tokens they used, as far as providers reported them
	 * @param cost what they cost in US dollars, as far as LLMtrack said, or {@code null}
	 * if it never did
	 */
	record Total(@Nullable String feature, String provider, String model, String status, long requests,
			long totalTokens, @Nullable BigDecimal cost) {
	}

	private record Source(@Nullable String feature, String provider, String model, String status) {

		private static final Source OTHER = new Source(BoundedNames.OTHER, BoundedNames.OTHER, BoundedNames.OTHER,
				BoundedNames.OTHER);

		static Source of(LlmUsageEvent event) {
			return new Source(event.feature(), event.provider(), event.model(), TagValues.of(event.status()));
		}

	}

	private static final class Sums {

		private final LongAdder requests = new LongAdder();

		private final LongAdder tokens = new LongAdder();

		private final AtomicReference<@Nullable BigDecimal> cost = new AtomicReference<>();

		Total total(Source source) {
			return new Total(source.feature(), source.provider(), source.model(), source.status(), this.requests.sum(),
					this.tokens.sum(), this.cost.get());
		}

	}

}
