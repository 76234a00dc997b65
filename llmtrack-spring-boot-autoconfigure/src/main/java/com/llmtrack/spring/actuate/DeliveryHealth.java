// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import com.llmtrack.spring.budget.Budgets;
import com.llmtrack.spring.delivery.DeliveryProblem;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.DeliveryStatistics;
import com.llmtrack.spring.delivery.DeliveryStatus;
import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;

/**
 * What LLMtrack's health component says, without the types of Spring Boot's health, which
 * differ between its lines: up while LLMtrack takes events, else a status that by default
 * does not make the application unhealthy, which works without LLMtrack. Unknown where
 * LLMtrack is off.
 */
public final class DeliveryHealth {

	/** What an indicator logs if it fails. */
	public static final String FAILED = "Health check of LLMtrack failed";

	private final EventDispatcher dispatcher;

	private final Budgets budgets;

	private final String problemStatus;

	/**
	 * Create the health of a dispatcher.
	 * @param dispatcher delivers the events
	 * @param budgets the budgets, which are shown and do not change the status
	 * @param problemStatus the status while LLMtrack does not take events
	 */
	public DeliveryHealth(EventDispatcher dispatcher, Budgets budgets, String problemStatus) {
		this.dispatcher = dispatcher;
		this.budgets = budgets;
		this.problemStatus = problemStatus;
	}

	/**
	 * Return the health now.
	 * @return status and details, which belong together
	 */
	public Report report() {
		DeliveryStatus status = this.dispatcher.getStatus();
		return new Report(health(status.state()), details(status));
	}

	private String health(DeliveryState state) {
		return switch (state) {
			case ACTIVE -> "UP";
			case OFF -> "UNKNOWN";
			default -> this.problemStatus;
		};
	}

	private Map<String, Object> details(DeliveryStatus status) {
		DeliveryStatistics statistics = this.dispatcher.getStatistics();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", TagValues.of(status.state()));
		details.put("meaning", status.meaning());
		details.put("since", status.since());
		details.put("pending", status.pending());
		details.put("spooled", status.spooled());
		details.put("delivered", statistics.getDelivered());
		long dropped = 0;
		for (DropReason reason : DropReason.values()) {
			dropped += statistics.getDropped(reason);
		}
		details.put("dropped", dropped);
		if (status.lastSuccess() != null) {
			details.put("lastSuccess", status.lastSuccess());
		}
		if (status.nextAttempt() != null) {
			details.put("nextAttempt", status.nextAttempt());
		}
		if (status.oldestPending() != null) {
			details.put("oldestPending", status.oldestPending());
		}
		if (!status.remedy().isEmpty()) {
			details.put("remedy", status.remedy());
		}
		if (!status.problems().isEmpty()) {
			DeliveryProblem last = status.problems().get(0);
			details.put("lastProblem", last.problem());
			details.put("lastProblemAt", last.time());
		}
		if (!this.budgets.isEmpty()) {
			details.put("budgets", states());
		}
		return details;
	}

	private Map<String, Object> states() {
		Map<String, Object> states = new LinkedHashMap<>();
		this.budgets.status()
			.forEach((budget) -> states.put(budget.settings().name(),
					Map.of("state", TagValues.of(budget.state()), "share", budget.account().share())));
		return states;
	}

	/**
	 * Health at one time.
	 *
	 * @param status the code of a health status
	 * @param details what is shown beside it, in the order to show
	 */
	public record Report(String status, Map<String, Object> details) {

	}

}
