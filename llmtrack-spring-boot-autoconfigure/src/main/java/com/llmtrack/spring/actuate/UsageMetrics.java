// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.actuate.LlmTrackMeter.Key;
import com.llmtrack.spring.delivery.DeliveryListener;
import com.llmtrack.spring.delivery.DeliveryResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Meters requests, tokens and costs by feature, model and provider. Runs on threads of
 * the application when requests are recorded, and on the delivery thread when events are
 * delivered, so meters are kept rather than looked up for each event.
 */
final class UsageMetrics implements DeliveryListener {

	private static final int MAX_MODELS = 100;

	private static final int MAX_PROVIDERS = 50;

	private final MeterRegistry registry;

	private final BoundedNames features;

	private final BoundedNames models = new BoundedNames(MAX_MODELS);

	private final BoundedNames providers = new BoundedNames(MAX_PROVIDERS);

	private final Timer delivery;

	private final Map<Source, Meters> meters = new ConcurrentHashMap<>();

	UsageMetrics(MeterRegistry registry, int maxFeatures) {
		this.registry = registry;
		this.features = new BoundedNames(maxFeatures);
		this.delivery = Timer.builder(LlmTrackMeter.DELIVERY.getName())
			.description(LlmTrackMeter.DELIVERY.getDescription())
			.register(registry);
	}

	@Override
	public void recorded(LlmUsageEvent event) {
		RequestMeters meters = meters(event).requests(event.status());
		meters.time(LlmTrackMeter.REQUESTS, event.latency());
		meters.time(LlmTrackMeter.FIRST_TOKEN, event.timeToFirstToken());
		LlmTokenUsage tokens = event.tokens();
		meters.tokens("prompt", tokens.prompt());
		meters.tokens("completion", tokens.completion());
		meters.tokens("cached_input", tokens.cachedInput());
		meters.tokens("cache_write", tokens.cacheWrite());
		meters.tokens("reasoning", tokens.reasoning());
	}

	@Override
	public void delivered(LlmUsageEvent event, DeliveryResult.Accepted answer, Duration age) {
		this.delivery.record(age);
		BigDecimal cost = answer.cost();
		if (cost != null) {
			meters(event).cost(cost);
		}
	}

	private Meters meters(LlmUsageEvent event) {
		Source source = new Source(this.features.limit(event.feature()), this.models.limit(event.model()),
				this.providers.limit(event.provider()));
		return this.meters.computeIfAbsent(source, (key) -> new Meters(this.registry, key.tags()));
	}

	private record Source(String feature, String model, String provider) {

		Tags tags() {
			return Tags.of(Key.FEATURE.of(this.feature), Key.MODEL.of(this.model), Key.PROVIDER.of(this.provider));
		}

	}

	/**
	 * The meters of one combination, each registered when it is first needed.
	 */
	private static final class Meters {

		private final MeterRegistry registry;

		private final Tags tags;

		private final Map<LlmRequestStatus, RequestMeters> requests = new ConcurrentHashMap<>();

		private volatile @Nullable Counter cost;

		Meters(MeterRegistry registry, Tags tags) {
			this.registry = registry;
			this.tags = tags;
		}

		RequestMeters requests(LlmRequestStatus status) {
			return this.requests.computeIfAbsent(status,
					(key) -> new RequestMeters(this.registry, this.tags.and(Key.STATUS.of(TagValues.of(key)))));
		}

		void cost(BigDecimal amount) {
			Counter cost = this.cost;
			if (cost == null) {
				cost = Counter.builder(LlmTrackMeter.COST.getName())
					.description(LlmTrackMeter.COST.getDescription())
					.baseUnit(LlmTrackMeter.COST.unit())
					.tags(this.tags)
					.register(this.registry);
				this.cost = cost;
			}
			cost.increment(amount.doubleValue());
		}

	}

	/**
	 * The meters of one combination and status.
	 */
	private static final class RequestMeters {

		private final MeterRegistry registry;

		private final Tags tags;

		private final Map<LlmTrackMeter, Timer> timers = new ConcurrentHashMap<>();

		private final Map<String, Counter> tokens = new ConcurrentHashMap<>();

		RequestMeters(MeterRegistry registry, Tags tags) {
			this.registry = registry;
			this.tags = tags;
		}

		void time(LlmTrackMeter meter, @Nullable Duration time) {
			if (time != null) {
				this.timers.computeIfAbsent(meter, this::timer).record(time);
			}
		}

		private Timer timer(LlmTrackMeter meter) {
			return Timer.builder(meter.getName())
				.description(meter.getDescription())
				.tags(this.tags)
				.register(this.registry);
		}

		void tokens(String kind, @Nullable Long count) {
			if (count != null) {
				this.tokens
					.computeIfAbsent(kind,
							(key) -> Counter.builder(LlmTrackMeter.TOKENS.getName())
								.description(LlmTrackMeter.TOKENS.getDescription())
								.baseUnit(LlmTrackMeter.TOKENS.unit())
								.tags(this.tags.and(Key.KIND.of(key)))
								.register(this.registry))
					.increment(count);
			}
		}

	}

}
