// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmBudgetUnit;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventBuilder;
import com.llmtrack.spring.budget.BudgetPeriod;
import com.llmtrack.spring.budget.BudgetSettings;
import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.DeliverySettings;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.testsupport.Waiting;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link LlmTrackMetrics}, and that the documentation has each of
 * {@link LlmTrackMeter}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LlmTrackMetricsTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final EventDispatcher dispatcher = new EventDispatcher(new DeliverySettings(100, 4, Duration.ofMillis(100)),
			this.transport);

	private final Budgets budgets = Budgets.create(
			List.of(new BudgetSettings("all", null, null, null, null, null, BudgetPeriod.MONTH, ZoneOffset.UTC,
					LlmBudgetUnit.REQUESTS, BigDecimal.TEN, 0.8, false)),
			null, true, null, Duration.ofMillis(50), (event) -> {
			});

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@AfterEach
	void stop() {
		this.transport.answer = new DeliveryResult.Accepted(false);
		this.dispatcher.resume();
		this.dispatcher.destroy();
	}

	private void bindTo(MeterRegistry registry) {
		new LlmTrackMetrics(this.dispatcher, this.budgets, 100, 500, 2).bindTo(registry);
	}

	private void deliverOneOfEverything() {
		this.transport.answer = new DeliveryResult.Accepted(false, new BigDecimal("0.25"), false, null);
		record(event("support-chat").build());
		Waiting.await().until(() -> this.dispatcher.getStatistics().getDelivered() > 0);
	}

	private void record(LlmUsageEvent event) {
		this.dispatcher.record(event);
	}

	private static LlmUsageEventBuilder event(String feature) {
		return LlmUsageEvent.builder()
			.provider("openai")
			.model("gpt-4o-mini")
			.feature(feature)
			.latency(Duration.ofMillis(1500))
			.timeToFirstToken(Duration.ofMillis(300))
			.status(LlmRequestStatus.SUCCESS)
			.tokens(19L, 10L, 29L);
	}

	@ParameterizedTest
	@EnumSource
	void meterIsWhatItIsDeclaredToBe(LlmTrackMeter meter) {
		bindTo(this.registry);
		deliverOneOfEverything();
		Waiting.await().untilAsserted(() -> assertThat(meters(meter.getName())).isNotEmpty());
		assertThat(meters(meter.getName())).allSatisfy((actual) -> {
			Meter.Id id = actual.getId();
			assertThat(id.getType()).isEqualTo(meter.getType());
			assertThat(id.getDescription()).isEqualTo(meter.getDescription());
			assertThat((id.getBaseUnit() != null) ? id.getBaseUnit() : "").isEqualTo(meter.getBaseUnit());
			assertThat(id.getTags()).extracting(Tag::getKey).containsExactlyInAnyOrderElementsOf(keys(meter));
		});
	}

	@Test
	void thereAreNoOthers() {
		bindTo(this.registry);
		deliverOneOfEverything();
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.isSubsetOf(Arrays.stream(LlmTrackMeter.values()).map(LlmTrackMeter::getName).toList());
	}

	private List<Meter> meters(String name) {
		return this.registry.getMeters().stream().filter((meter) -> meter.getId().getName().equals(name)).toList();
	}

	@Test
	void documentationHasEachMeter() throws IOException {
		List<String> documented = Files.readAllLines(Path.of("..", "docs", "operating.md"))
			.stream()
			.filter((line) -> line.startsWith("| `llmtrack."))
			.toList();
		assertThat(documented)
			.containsExactlyElementsOf(Arrays.stream(LlmTrackMeter.values()).map(LlmTrackMetricsTests::row).toList());
	}

	private static String row(LlmTrackMeter meter) {
		return "|" + Stream
			.of("`" + meter.getName() + "`", meter.getType().name().toLowerCase(Locale.ROOT), meter.getBaseUnit(),
					keys(meter).stream().map("`%s`"::formatted).collect(Collectors.joining(", ")),
					meter.getDescription())
			.map((cell) -> cell.isEmpty() ? " |" : " " + cell + " |")
			.collect(Collectors.joining());
	}

	private static List<String> keys(LlmTrackMeter meter) {
		return Stream.of(meter.getKeyNames()).map(KeyName::asString).toList();
	}

	@Test
	void requestIsMeasured() {
		bindTo(this.registry);
		record(event("support-chat").build());
		assertThat(this.registry.get("llmtrack.requests")
			.tags("feature", "support-chat", "model", "gpt-4o-mini", "provider", "openai", "status", "success")
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1500, within(0.001));
		record(event("support-chat").status(LlmRequestStatus.CANCELLED).build());
		assertThat(this.registry.get("llmtrack.tokens")
			.tags("feature", "support-chat", "model", "gpt-4o-mini", "provider", "openai", "status", "success", "kind",
					"prompt")
			.counter()
			.count()).isEqualTo(19);
		assertThat(this.registry.get("llmtrack.tokens")
			.tags("status", "cancelled", "kind", "completion")
			.counter()
			.count()).isEqualTo(10);
		assertThat(this.registry.find("llmtrack.tokens").tag("kind", "reasoning").counter()).isNull();
	}

	@Test
	void timeToTheFirstTokenIsMeasuredForStreamsOnly() {
		bindTo(this.registry);
		record(event("support-chat").timeToFirstToken(null).build());
		assertThat(this.registry.find("llmtrack.time.to.first.token").timer()).isNull();
		record(event("support-chat").build());
		assertThat(this.registry.get("llmtrack.time.to.first.token")
			.tags("feature", "support-chat", "model", "gpt-4o-mini", "provider", "openai", "status", "success")
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(300, within(0.001));
	}

	@Test
	void requestWhoseLatencyIsUnknownHasNoTime() {
		bindTo(this.registry);
		record(event("batch").latency(null).build());
		assertThat(this.registry.find("llmtrack.requests").timer()).isNull();
		assertThat(this.registry.get("llmtrack.tokens").tags("feature", "batch", "kind", "prompt").counter().count())
			.isEqualTo(19);
	}

	@Test
	void costIsLlmTracks() {
		bindTo(this.registry);
		deliverOneOfEverything();
		Waiting.await()
			.untilAsserted(() -> assertThat(
					this.registry.get("llmtrack.cost").tag("feature", "support-chat").counter().count())
				.isEqualTo(0.25));
	}

	@Test
	void featuresBeyondTheBoundCountAsOther() {
		bindTo(this.registry);
		for (int i = 0; i < 50; i++) {
			record(event("feature-" + i).build());
		}
		assertThat(this.registry.get("llmtrack.requests").timers())
			.extracting((timer) -> timer.getId().getTag("feature"))
			.containsExactlyInAnyOrder("feature-0", "feature-1", "other");
		assertThat(this.registry.get("llmtrack.requests").tag("feature", "other").timer().count()).isEqualTo(48);
	}

	@Test
	void modelsAndProvidersAreBoundedToo() {
		bindTo(this.registry);
		for (int i = 0; i < 150; i++) {
			record(event("support-chat").provider("provider-" + i).model("model-" + i).build());
		}
		assertThat(tagValues("model")).hasSize(101).contains("model-99", "other");
		assertThat(tagValues("provider")).hasSize(51).contains("provider-49", "other");
	}

	private Set<String> tagValues(String key) {
		return this.registry.get("llmtrack.requests")
			.timers()
			.stream()
			.map((timer) -> timer.getId().getTag(key))
			.collect(Collectors.toSet());
	}

	@Test
	void requestWithoutAFeatureIsUnknown() {
		bindTo(this.registry);
		record(event(null).build());
		assertThat(this.registry.get("llmtrack.requests").timer().getId().getTag("feature")).isEqualTo("unknown");
	}

	@Test
	void outcomesAndStateFollowDelivery() {
		bindTo(this.registry);
		this.transport.answer = new DeliveryResult.Rejected("HTTP 400");
		record(event("support-chat").build());
		Waiting.await().untilAsserted(() -> assertThat(events("dropped", "rejected")).isEqualTo(1));
		this.transport.answer = new DeliveryResult.Accepted(true);
		record(event("support-chat").build());
		Waiting.await().untilAsserted(() -> assertThat(events("duplicate", "none")).isEqualTo(1));
		assertThat(events("delivered", "none")).isZero();
		assertThat(state("active")).isEqualTo(1);
		this.transport.answer = new DeliveryResult.KeyRefused("HTTP 401");
		record(event("support-chat").build());
		Waiting.await().untilAsserted(() -> assertThat(state("key_refused")).isEqualTo(1));
		assertThat(state("active")).isZero();
		assertThat(gauge("llmtrack.queue.size")).isEqualTo(1);
		assertThat(gauge("llmtrack.queue.capacity")).isEqualTo(100);
		assertThat(gauge("llmtrack.spool.capacity")).isEqualTo(500);
		Waiting.await().untilAsserted(() -> assertThat(gauge("llmtrack.pending.age")).isPositive().isLessThan(60));
		assertThat(this.registry.get("llmtrack.delivery.retries").functionCounter().count()).isEqualTo(1);
	}

	@Test
	void eventsThatOtherInstancesDeliverHaveAnOutcome() {
		this.transport.answer = new DeliveryResult.KeyRefused("HTTP 401");
		EventDispatcher ceding = new EventDispatcher(new DeliverySettings(100, 4, Duration.ZERO), this.transport,
				new CedingSpool());
		new LlmTrackMetrics(ceding, Budgets.none(), 100, 500, 2).bindTo(this.registry);
		ceding.record(event("support-chat").build());
		Waiting.await().untilAsserted(() -> assertThat(events("ceded", "none")).isOne());
		ceding.destroy();
	}

	private double events(String outcome, String reason) {
		return this.registry.get("llmtrack.events")
			.tags("outcome", outcome, "reason", reason)
			.functionCounter()
			.count();
	}

	private double state(String state) {
		return this.registry.get("llmtrack.delivery.state").tag("state", state).gauge().value();
	}

	private double gauge(String name) {
		return this.registry.get(name).gauge().value();
	}

	@Test
	void prometheusGetsTheSameTagsForEachName() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		bindTo(prometheus);
		deliverOneOfEverything();
		record(LlmUsageEvent.builder().provider("anthropic").model("claude").status(LlmRequestStatus.ERROR).build());
		Waiting.await().untilAsserted(() -> assertThat(prometheus.scrape()).contains("llmtrack_cost_usd_total"));
		List<String> lines = prometheus.scrape().lines().filter((line) -> !line.startsWith("#")).toList();
		assertThat(lines).hasSizeGreaterThan(20)
			.allMatch((line) -> line.matches("llmtrack_[a-z_]+(\\{(\\w+=\"[^\"]*\",?)+})? [-+.eE\\d]+"));
		lines.stream()
			.collect(Collectors.groupingBy((line) -> line.split("[{ ]")[0],
					Collectors.mapping(LlmTrackMetricsTests::tagKeys, Collectors.toSet())))
			.forEach((name, keys) -> assertThat(keys).as(name).hasSize(1));
		assertThat(prometheus.scrape()).contains("llmtrack_tokens_total{", "llmtrack_requests_seconds_count{",
				"llmtrack_events_total{outcome=\"delivered\",reason=\"none\"}", "llmtrack_pending_age_seconds ");
	}

	private static Set<String> tagKeys(String line) {
		return Stream.of(line.replaceAll("^[^{ ]+\\{?|}? [^ ]+$", "").split(","))
			.map((tag) -> tag.split("=")[0])
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	void filterThatFailsOnOurMetersHarmsNothing(CapturedOutput output) {
		this.registry.config().meterFilter(failingOn("llmtrack."));
		bindTo(this.registry);
		deliverOneOfEverything();
		assertThat(this.dispatcher.getStatistics().getDelivered()).isEqualTo(1);
		assertThat(output).contains("Metrics of LLMtrack are missing").doesNotContain("ERROR");
	}

	@Test
	void filterThatFailsLaterHarmsNothing(CapturedOutput output) {
		bindTo(this.registry);
		this.registry.config().meterFilter(failingOn("llmtrack.requests")).meterFilter(failingOn("llmtrack.cost"));
		deliverOneOfEverything();
		record(event("summary").build());
		Waiting.await().untilAsserted(() -> assertThat(events("delivered", "none")).isEqualTo(2));
		assertThat(output).containsOnlyOnce("A listener to the delivery to LLMtrack failed");
	}

	private static MeterFilter failingOn(String prefix) {
		return new MeterFilter() {
			@Override
			public Meter.Id map(Meter.Id id) {
				if (id.getName().startsWith(prefix)) {
					throw new IllegalStateException("broken filter");
				}
				return id;
			}
		};
	}

}
