// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.llmtrack.spring.test.ReceivedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events that the stand-in for LLMtrack received: the latest ones, and the sums of
 * all. Safe for use by any thread.
 */
final class ReceivedEvents {

	/** Later events push the earliest ones out. */
	static final int HISTORY = 200;

	static final int MINUTES = 15;

	private final Sinks.Many<Received> latest = Sinks.many().replay().limit(HISTORY);

	private final Map<String, Sums> byFeature = new TreeMap<>();

	private final Map<String, Sums> byCustomer = new TreeMap<>();

	private final Map<String, Long> byStatus = new TreeMap<>();

	private final TreeMap<Long, Long> byMinute = new TreeMap<>();

	private long count;

	synchronized void add(ReceivedEvent received) {
		JsonNode event = JsonMapper.shared().readTree(received.body());
		BigDecimal cost = PriceList.cost(received);
		this.count++;
		Sums sums = Sums.of(event, cost);
		this.byFeature.merge(event.at("/metadata/feature").asString("unknown"), sums, Sums::plus);
		this.byCustomer.merge(event.path("customer_id").asString("nobody"), sums, Sums::plus);
		this.byStatus.merge(event.path("status").asString(), 1L, Long::sum);
		this.byMinute.merge(minute(), 1L, Long::sum);
		this.byMinute.headMap(minute() - MINUTES, true).clear();
		this.latest.tryEmitNext(new Received(this.count, Instant.now(), cost, event));
	}

	/**
	 * Return the latest events, and those that follow.
	 */
	Flux<Received> events() {
		return this.latest.asFlux();
	}

	/**
	 * Return the sums of all events so far.
	 */
	synchronized Totals totals() {
		long[] perMinute = new long[MINUTES];
		long oldest = minute() - MINUTES + 1;
		this.byMinute.tailMap(oldest).forEach((minute, events) -> perMinute[(int) (minute - oldest)] = events);
		return new Totals(new LinkedHashMap<>(this.byFeature), new LinkedHashMap<>(this.byCustomer),
				new LinkedHashMap<>(this.byStatus), perMinute);
	}

	private static long minute() {
		return TimeUnit.MILLISECONDS.toMinutes(System.currentTimeMillis());
	}

	/**
	 * An event.
	 *
	 * @param number its number since the start
	 * @param time when it arrived
	 * @param cost what its request cost in US dollars, or {@code null} if that is unknown
	 * @param event the event as it arrived
	 */
	record Received(long number, Instant time, @Nullable BigDecimal cost, JsonNode event) {
	}

	/**
	 * Sums of all events.
	 *
	 * @param features what each feature used
	 * @param customers what was used for each customer
	 * @param statuses how many events there were of each status
	 * @param perMinute how many events came in each of the last minutes, the current one
	 * last
	 */
	record Totals(Map<String, Sums> features, Map<String, Sums> customers, Map<String, Long> statuses,
			long[] perMinute) {
	}

	/**
	 * What a feature or a customer used.
	 *
	 * @param requests the number of its events
	 * @param tokens as far as they are known
	 * @param cost in US dollars, as far as it is known
	 */
	record Sums(long requests, long tokens, BigDecimal cost) {

		static Sums of(JsonNode event, @Nullable BigDecimal cost) {
			return new Sums(1, event.path("total_tokens").asLong(0), (cost != null) ? cost : BigDecimal.ZERO);
		}

		Sums plus(Sums other) {
			return new Sums(this.requests + other.requests, this.tokens + other.tokens, this.cost.add(other.cost));
		}

	}

}
