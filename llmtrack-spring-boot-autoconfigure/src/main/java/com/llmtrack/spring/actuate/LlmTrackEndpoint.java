// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.delivery.DeliveryProblem;
import com.llmtrack.spring.delivery.DeliveryResult;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.DeliveryStatistics;
import com.llmtrack.spring.delivery.DeliveryStatus;
import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;
import com.llmtrack.spring.instrumentation.model.InstrumentedModel;
import com.llmtrack.spring.instrumentation.model.InstrumentedModels;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * What LLMtrack is doing in this application, and what there is to do about it. Shows no
 * key and no content.
 *
 * @since 0.1.0
 */
@Endpoint(id = "llmtrack")
public final class LlmTrackEndpoint {

	private static final Duration TEST_TIMEOUT = Duration.ofMinutes(1);

	private final EventDispatcher dispatcher;

	private final @Nullable InstrumentedModels instrumentation;

	private final Map<String, Object> configuration;

	private final @Nullable String environment;

	private final UsageTotals totals = new UsageTotals();

	/**
	 * Create an endpoint.
	 * @param dispatcher delivers the events
	 * @param instrumentation sees the requests, or {@code null} if there is no Spring AI
	 * @param configuration the configuration in force, without the key
	 * @param environment the environment that test events are booked under, or
	 * {@code null} if LLMtrack decides
	 */
	public LlmTrackEndpoint(EventDispatcher dispatcher, @Nullable InstrumentedModels instrumentation,
			Map<String, Object> configuration, @Nullable String environment) {
		this.dispatcher = dispatcher;
		this.instrumentation = instrumentation;
		this.configuration = configuration;
		this.environment = environment;
		dispatcher.addListener(this.totals);
	}

	/**
	 * Return the state of everything.
	 * @return the report
	 */
	@ReadOperation
	public Report report() {
		DeliveryStatus status = this.dispatcher.getStatus();
		InstrumentedModels instrumentation = this.instrumentation;
		return new Report(this.configuration, delivery(status), events(status), this.totals.totals(),
				(instrumentation != null) ? instrumentation.instrumentedModels() : List.of(),
				(instrumentation != null) ? instrumentation.callSitesWithoutFeature() : Map.of(), status.problems());
	}

	private static Delivery delivery(DeliveryStatus status) {
		return new Delivery(TagValues.of(status.state()), status.state().getSummary(), status.state().getRemedy(),
				status.since(), status.lastSuccess(), status.nextAttempt(), status.oldestPending());
	}

	private Map<String, Object> events(DeliveryStatus status) {
		DeliveryStatistics statistics = this.dispatcher.getStatistics();
		Map<String, Object> events = new LinkedHashMap<>();
		events.put("recorded", statistics.getRecorded());
		events.put("adopted", statistics.getAdopted());
		events.put("delivered", statistics.getDelivered());
		events.put("duplicates", statistics.getDuplicates());
		events.put("pending", status.pending());
		events.put("spooled", status.spooled());
		events.put("inFlight", status.inFlight());
		events.put("retries", statistics.getRetries());
		Map<String, Long> dropped = new LinkedHashMap<>();
		for (DropReason reason : DropReason.values()) {
			dropped.put(TagValues.of(reason), statistics.getDropped(reason));
		}
		events.put("dropped", dropped);
		return events;
	}

	/**
	 * Send one event to LLMtrack, beside all others, to see whether that works. It is
	 * booked under the provider {@code llmtrack} and the feature {@code llmtrack-test}.
	 * Waits for the answer.
	 * @return what LLMtrack said
	 */
	@WriteOperation
	public TestResult test() {
		LlmUsageEvent event = LlmUsageEvent.builder()
			.provider("llmtrack")
			.model("test")
			.feature("llmtrack-test")
			.environment(this.environment)
			.build();
		return TestResult.of(answerTo(event), this.dispatcher.getState());
	}

	private DeliveryResult answerTo(LlmUsageEvent event) {
		try {
			return this.dispatcher.probe(event).toCompletableFuture().get(TEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new DeliveryResult.Unavailable("interrupted", null);
		}
		catch (TimeoutException ex) {
			return new DeliveryResult.Unavailable("no answer within " + TEST_TIMEOUT.toSeconds() + " seconds", null);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			return new DeliveryResult.Unavailable(((cause != null) ? cause : ex).getClass().getSimpleName(), null);
		}
	}

	/**
	 * End any pause at once: the next pending event is sent, and its answer decides what
	 * follows.
	 */
	@DeleteOperation
	public void resume() {
		this.dispatcher.resume();
	}

	/**
	 * What the endpoint shows.
	 *
	 * @param configuration the configuration in force, without the key
	 * @param delivery whether events are being sent
	 * @param events what became of the events since the start
	 * @param totals what requests used since the start
	 * @param models the model beans, and how each is covered
	 * @param callSitesWithoutFeature how many requests without a feature came from where
	 * @param problems what went wrong lately, the newest first
	 */
	public record Report(Map<String, Object> configuration, Delivery delivery, Map<String, Object> events,
			List<?> totals, List<InstrumentedModel> models, Map<String, Long> callSitesWithoutFeature,
			List<DeliveryProblem> problems) {
	}

	/**
	 * Whether events are being sent.
	 *
	 * @param state the state
	 * @param meaning what it means
	 * @param remedy what there is to do, empty if nothing
	 * @param since when the state began
	 * @param lastSuccess when LLMtrack last took an event, if it ever did
	 * @param nextAttempt when an event is tried again, at the earliest, if none may be
	 * sent at present
	 * @param oldestPending when the oldest pending event was recorded, if there is one
	 */
	public record Delivery(String state, String meaning, String remedy, Instant since, @Nullable Instant lastSuccess,
			@Nullable Instant nextAttempt, @Nullable Instant oldestPending) {
	}

	/**
	 * What LLMtrack said of the test event.
	 *
	 * @param result what became of it
	 * @param problem what was wrong, in short; empty if nothing
	 * @param remedy what there is to do; empty if nothing
	 */
	public record TestResult(String result, String problem, String remedy) {

		static TestResult of(DeliveryResult answer, DeliveryState state) {
			if (answer instanceof DeliveryResult.Accepted accepted) {
				String hidden = accepted.hidden();
				return new TestResult("accepted",
						(hidden != null) ? "The dashboard does not show it (" + hidden + ")" : "",
						(state != DeliveryState.ACTIVE)
								? "Delivery still waits for its next attempt; end that by DELETE." : "");
			}
			if (answer instanceof DeliveryResult.Rejected) {
				return new TestResult("rejected", answer.problem(), DeliveryState.REJECTING.getAdvice());
			}
			DeliveryState cause = stateAfter(answer);
			return new TestResult(TagValues.of((cause == DeliveryState.WAITING) ? "unavailable" : cause.name()),
					cause.getSummary() + " (" + answer.problem() + ")", cause.getAdvice());
		}

		private static DeliveryState stateAfter(DeliveryResult answer) {
			if (answer instanceof DeliveryResult.KeyRefused) {
				return DeliveryState.KEY_REFUSED;
			}
			if (answer instanceof DeliveryResult.PlanExhausted) {
				return DeliveryState.PLAN_EXHAUSTED;
			}
			return (answer instanceof DeliveryResult.Misdirected) ? DeliveryState.MISDIRECTED : DeliveryState.WAITING;
		}

	}

}
