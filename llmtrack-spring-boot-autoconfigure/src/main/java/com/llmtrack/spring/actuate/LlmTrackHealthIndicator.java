// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import com.llmtrack.spring.delivery.DeliveryProblem;
import com.llmtrack.spring.delivery.DeliveryState;
import com.llmtrack.spring.delivery.DeliveryStatistics;
import com.llmtrack.spring.delivery.DeliveryStatus;
import com.llmtrack.spring.delivery.DropReason;
import com.llmtrack.spring.delivery.EventDispatcher;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of delivery: up while LLMtrack takes events, else a status that by default does
 * not make the application unhealthy, which works without LLMtrack. Unknown where
 * LLMtrack is off.
 */
public final class LlmTrackHealthIndicator extends AbstractHealthIndicator {

	private final EventDispatcher dispatcher;

	private final Status problemStatus;

	/**
	 * Create an indicator.
	 * @param dispatcher delivers the events
	 * @param problemStatus the status while LLMtrack does not take events
	 */
	public LlmTrackHealthIndicator(EventDispatcher dispatcher, Status problemStatus) {
		super("Health check of LLMtrack failed");
		this.dispatcher = dispatcher;
		this.problemStatus = problemStatus;
	}

	private Status health(DeliveryState state) {
		return switch (state) {
			case ACTIVE -> Status.UP;
			case OFF -> Status.UNKNOWN;
			default -> this.problemStatus;
		};
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		DeliveryStatus status = this.dispatcher.getStatus();
		DeliveryStatistics statistics = this.dispatcher.getStatistics();
		builder.status(health(status.state()))
			.withDetail("state", TagValues.of(status.state()))
			.withDetail("meaning", status.meaning())
			.withDetail("since", status.since())
			.withDetail("pending", status.pending())
			.withDetail("spooled", status.spooled())
			.withDetail("delivered", statistics.getDelivered());
		long dropped = 0;
		for (DropReason reason : DropReason.values()) {
			dropped += statistics.getDropped(reason);
		}
		builder.withDetail("dropped", dropped);
		if (status.lastSuccess() != null) {
			builder.withDetail("lastSuccess", status.lastSuccess());
		}
		if (status.nextAttempt() != null) {
			builder.withDetail("nextAttempt", status.nextAttempt());
		}
		if (status.oldestPending() != null) {
			builder.withDetail("oldestPending", status.oldestPending());
		}
		if (!status.remedy().isEmpty()) {
			builder.withDetail("remedy", status.remedy());
		}
		if (!status.problems().isEmpty()) {
			DeliveryProblem last = status.problems().get(0);
			builder.withDetail("lastProblem", last.problem()).withDetail("lastProblemAt", last.time());
		}
	}

}
