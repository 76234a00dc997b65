// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import com.llmtrack.spring.actuate.LlmTrackMeter.Key;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.DeliveryStatistics;
import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Binds the meters of {@link LlmTrackMeter}: those of delivery unless it is off, and
 * those of budgets if there are any.
 */
public final class LlmTrackMetrics implements MeterBinder {

	private static final Log logger = LogFactory.getLog(LlmTrackMetrics.class);

	private final EventDispatcher dispatcher;

	private final Budgets budgets;

	private final int queueCapacity;

	private final int spoolCapacity;

	private final int maxFeatures;

	/**
	 * Create metrics.
	 * @param dispatcher delivers the events
	 * @param budgets the budgets
	 * @param queueCapacity the number of events that it keeps in memory at most
	 * @param spoolCapacity the number of events that it keeps in the spool at most, 0
	 * without a spool
	 * @param maxFeatures the number of distinct features in tags
	 */
	public LlmTrackMetrics(EventDispatcher dispatcher, Budgets budgets, int queueCapacity, int spoolCapacity,
			int maxFeatures) {
		this.dispatcher = dispatcher;
		this.budgets = budgets;
		this.queueCapacity = queueCapacity;
		this.spoolCapacity = spoolCapacity;
		this.maxFeatures = maxFeatures;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		try {
			if (this.dispatcher.getState() != DeliveryState.OFF) {
				bindAll(registry);
			}
			BudgetMetrics.bind(this.budgets, registry);
		}
		catch (Throwable ex) {
			// A filter or registry that fails on our meters must not fail the start
			logger.warn("Metrics of LLMtrack are missing, as they could not be registered; events are delivered "
					+ "all the same. Check the meter registry and its filters.", ex);
		}
	}

	private void bindAll(MeterRegistry registry) {
		bindOutcomes(registry);
		bindQueue(registry);
		for (DeliveryState state : DeliveryState.values()) {
			gauge(registry, LlmTrackMeter.STATE, Tags.of(Key.STATE.of(TagValues.of(state))),
					(dispatcher) -> (dispatcher.getState() == state) ? 1 : 0);
		}
		this.dispatcher.addListener(new UsageMetrics(registry, this.maxFeatures));
	}

	private void bindOutcomes(MeterRegistry registry) {
		events(registry, "delivered", "none", (statistics) -> statistics.getDelivered() - statistics.getDuplicates());
		events(registry, "duplicate", "none", DeliveryStatistics::getDuplicates);
		events(registry, "ceded", "none", DeliveryStatistics::getCeded);
		for (DropReason reason : DropReason.values()) {
			events(registry, "dropped", TagValues.of(reason), (statistics) -> statistics.getDropped(reason));
		}
		counter(registry, LlmTrackMeter.RETRIES, Tags.empty(), DeliveryStatistics::getRetries);
	}

	private void events(MeterRegistry registry, String outcome, String reason,
			ToDoubleFunction<DeliveryStatistics> count) {
		counter(registry, LlmTrackMeter.EVENTS, Tags.of(Key.OUTCOME.of(outcome), Key.REASON.of(reason)), count);
	}

	private void counter(MeterRegistry registry, LlmTrackMeter meter, Tags tags,
			ToDoubleFunction<DeliveryStatistics> count) {
		FunctionCounter.builder(meter.getName(), this.dispatcher.getStatistics(), count)
			.description(meter.getDescription())
			.baseUnit(meter.unit())
			.tags(tags)
			.register(registry);
	}

	private void bindQueue(MeterRegistry registry) {
		gauge(registry, LlmTrackMeter.QUEUE_SIZE, Tags.empty(),
				(dispatcher) -> Math.max(0, dispatcher.getPending() - dispatcher.getSpooled()));
		// Without a reference to the dispatcher, which the registry may outlive
		int queueCapacity = this.queueCapacity;
		int spoolCapacity = this.spoolCapacity;
		gauge(registry, LlmTrackMeter.QUEUE_CAPACITY, Tags.empty(), (dispatcher) -> queueCapacity);
		gauge(registry, LlmTrackMeter.SPOOL_SIZE, Tags.empty(), EventDispatcher::getSpooled);
		gauge(registry, LlmTrackMeter.SPOOL_CAPACITY, Tags.empty(), (dispatcher) -> spoolCapacity);
		gauge(registry, LlmTrackMeter.IN_FLIGHT, Tags.empty(), (dispatcher) -> dispatcher.getStatus().inFlight());
		TimeGauge
			.builder(LlmTrackMeter.OLDEST_PENDING.getName(), this.dispatcher, TimeUnit.SECONDS,
					LlmTrackMetrics::ageOfOldest)
			.description(LlmTrackMeter.OLDEST_PENDING.getDescription())
			.register(registry);
	}

	private void gauge(MeterRegistry registry, LlmTrackMeter meter, Tags tags,
			ToDoubleFunction<EventDispatcher> value) {
		Gauge.builder(meter.getName(), this.dispatcher, value)
			.description(meter.getDescription())
			.baseUnit(meter.unit())
			.tags(tags)
			.register(registry);
	}

	private static double ageOfOldest(EventDispatcher dispatcher) {
		Instant oldest = dispatcher.getStatus().oldestPending();
		return (oldest != null) ? Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / 1000d) : 0;
	}

}
