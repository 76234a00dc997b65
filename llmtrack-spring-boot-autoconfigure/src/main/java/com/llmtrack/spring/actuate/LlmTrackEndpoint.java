// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTrackVersion;
import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.budget.Budgets;
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

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows what LLMtrack does in this application, sends a test event, and resumes paused
 * delivery. Shows no key and no content.
 */
@Endpoint(id = "llmtrack")
public final class LlmTrackEndpoint {

	private static final Duration TEST_TIMEOUT = Duration.ofMinutes(1);

	private final EventDispatcher dispatcher;

	private final Budgets budgets;

	private final @Nullable InstrumentedModels instrumentation;

	private final Supplier<@Nullable Connection> connection;

	private final @Nullable String spool;

	private final @Nullable String environment;

	private final UsageTotals totals = new UsageTotals();

	/**
	 * Create an endpoint.
	 * @param dispatcher delivers the events
	 * @param budgets the budgets
	 * @param instrumentation records the requests, or {@code null} if there is no Spring
	 * AI
	 * @param connection supplies the connection in force, asked for each report
	 * @param spool where pending events are kept, or {@code null} if in memory only
	 * @param environment the environment of test events, or {@code null} for LLMtrack's
	 * default
	 */
	public LlmTrackEndpoint(EventDispatcher dispatcher, Budgets budgets, @Nullable InstrumentedModels instrumentation,
			Supplier<@Nullable Connection> connection, @Nullable String spool, @Nullable String environment) {
		this.dispatcher = dispatcher;
		this.budgets = budgets;
		this.instrumentation = instrumentation;
		this.connection = connection;
		this.spool = spool;
		this.environment = environment;
		dispatcher.addListener(this.totals);
	}

	/**
	 * Report the state of everything.
	 * @return the report
	 */
	@ReadOperation
	public Report report() {
		DeliveryStatus status = this.dispatcher.getStatus();
		InstrumentedModels instrumentation = this.instrumentation;
		return new Report(LlmTrackVersion.get(), this.connection.get(), this.spool, delivery(status), events(status),
				this.totals.totals(), this.budgets.status().stream().map(BudgetReport::of).toList(),
				(instrumentation != null) ? models(instrumentation) : List.of(),
				(instrumentation != null) ? instrumentation.callSitesWithoutFeature() : Map.of(), status.problems());
	}

	private static List<InstrumentedModel> models(InstrumentedModels instrumentation) {
		return Stream
			.concat(instrumentation.instrumentedModels().stream(), instrumentation.uninstrumentedModels().stream())
			.sorted(Comparator.comparing(InstrumentedModel::bean))
			.toList();
	}

	/**
	 * Perform an action.
	 * @param action the action; anything else is answered with the status 400
	 * @return LLMtrack's answer to the test event, or {@code null} for other actions
	 */
	@WriteOperation
	public @Nullable TestResult perform(@Selector Action action) {
		if (action == Action.TEST) {
			return test();
		}
		this.dispatcher.resume();
		return null;
	}

	private static Delivery delivery(DeliveryStatus status) {
		return new Delivery(TagValues.of(status.state()), status.meaning(), status.remedy(), status.since(),
				status.lastSuccess(), status.nextAttempt(), status.oldestPending());
	}

	private Map<String, Object> events(DeliveryStatus status) {
		DeliveryStatistics statistics = this.dispatcher.getStatistics();
		Map<String, Object> events = new LinkedHashMap<>();
		events.put("recorded", statistics.getRecorded());
		events.put("adopted", statistics.getAdopted());
		events.put("ceded", statistics.getCeded());
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

	private TestResult test() {
		DeliveryStatus status = this.dispatcher.getStatus();
		if (status.state() == DeliveryState.OFF) {
			return new TestResult(TagValues.of(status.state()), status.meaning(), status.remedy());
		}
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
	 * What the endpoint can do.
	 */
	public enum Action {

		/**
		 * Send one test event to LLMtrack, whatever the state of delivery, and wait for
		 * the answer. The event has the provider {@code llmtrack} and the feature
		 * {@code llmtrack-test}.
		 */
		TEST,

		/**
		 * End a pause of delivery: the next pending event is sent at once, and the answer
		 * decides what follows.
		 */
		RESUME

	}

	/**
	 * What the endpoint shows.
	 *
	 * @param version the version of LLMtrack for Spring
	 * @param connection the connection in force, or {@code null} if there is none
	 * @param spool where pending events are kept, or {@code null} if in memory only
	 * @param delivery the state of delivery
	 * @param events what became of the events since the start
	 * @param totals what requests used since the start
	 * @param budgets the budgets in their present periods
	 * @param models the model beans, and how each is instrumented, or why it is not
	 * @param callSitesWithoutFeature number of requests without a feature by where they
	 * are made
	 * @param problems the latest problems, the newest first
	 */
	public record Report(String version, @Nullable Connection connection, @Nullable String spool, Delivery delivery,
			Map<String, Object> events, List<?> totals, List<BudgetReport> budgets, List<InstrumentedModel> models,
			Map<String, Long> callSitesWithoutFeature, List<DeliveryProblem> problems) {
	}

	/**
	 * The connection to LLMtrack.
	 *
	 * @param baseUrl the URL of LLMtrack
	 * @param apiKey a hint of the key in force, or {@code null} if there is no key that
	 * may be sent
	 */
	public record Connection(URI baseUrl, @Nullable String apiKey) {

		private static final int SHOWN = 4;

		private static final int SHORT = 16;

		/**
		 * Create a connection that shows the last characters of a key only, and none of a
		 * short key.
		 * @param baseUrl the URL of LLMtrack
		 * @param apiKey the key, or {@code null} if there is none that may be sent
		 * @return the connection
		 */
		public static Connection of(URI baseUrl, @Nullable String apiKey) {
			if (apiKey == null) {
				return new Connection(baseUrl, null);
			}
			return new Connection(baseUrl,
					"\u2026" + ((apiKey.length() >= SHORT) ? apiKey.substring(apiKey.length() - SHOWN) : ""));
		}

	}

	/**
	 * The state of delivery.
	 *
	 * @param state the state
	 * @param meaning what it means
	 * @param remedy what to do, empty if nothing
	 * @param since when the state began
	 * @param lastSuccess when LLMtrack last took an event, if it ever did
	 * @param nextAttempt when the next event is sent at the earliest, if delivery is
	 * paused
	 * @param oldestPending when the oldest pending event was recorded, if there is one
	 */
	public record Delivery(String state, String meaning, String remedy, Instant since, @Nullable Instant lastSuccess,
			@Nullable Instant nextAttempt, @Nullable Instant oldestPending) {
	}

	/**
	 * LLMtrack's answer to a test event.
	 *
	 * @param result what became of the event
	 * @param problem what was wrong, empty if nothing
	 * @param remedy what to do, empty if nothing
	 */
	public record TestResult(String result, String problem, String remedy) {

		static TestResult of(DeliveryResult result, DeliveryState state) {
			if (result instanceof DeliveryResult.Accepted accepted) {
				String hidden = accepted.hidden();
				return new TestResult("accepted",
						(hidden != null) ? "The dashboard does not show it (" + hidden + ")" : "",
						(state != DeliveryState.ACTIVE)
								? "Delivery still waits for its next attempt; the action resume ends that." : "");
			}
			if (result instanceof DeliveryResult.Rejected) {
				return new TestResult("rejected", result.problem(), DeliveryState.REJECTING.getAdvice());
			}
			DeliveryState cause = result.state();
			return new TestResult(TagValues.of((cause == DeliveryState.WAITING) ? "unavailable" : cause.name()),
					cause.getSummary() + " (" + result.problem() + ")", cause.getAdvice());
		}
	}

}
