// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmBudgetExceededException;
import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmUsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * Asks the {@link RequestGate} about requests, by the names that their events will have.
 * Whether a model of the application makes a request itself is known only after its first
 * answer: until then it is asked about without the names of provider and model, so that
 * one that asks another model instead, when the first is refused, still can. Which model
 * will answer is taken from earlier answers. What goes wrong here is contained, and the
 * request is made. Runs on the caller's thread, which waits as long as the gate does.
 */
final class Refusals {

	/** A chain of causes may be a circle. */
	private static final int MAX_CAUSES = 20;

	private final ApplicationBeans beans;

	private final RequestHistory history;

	private final ContainedFailures failures;

	/**
	 * Create refusals.
	 * @param beans supplies the gate, and what decides about names
	 * @param history knows what earlier requests tell
	 * @param failures contains what goes wrong here
	 */
	Refusals(ApplicationBeans beans, RequestHistory history, ContainedFailures failures) {
		this.beans = beans;
		this.history = history;
		this.failures = failures;
	}

	/**
	 * Return whether requests may be refused.
	 */
	boolean arePossible() {
		return this.beans.gate() != null;
	}

	/**
	 * Return why the request of a call that has just begun must not be made, or
	 * {@code null} if it may be. One that must not be made ends without an event.
	 */
	@Nullable RuntimeException of(ModelCall call) {
		if (!arePossible()) {
			return null;
		}
		RuntimeException refusal = of(call.model(), call.requestedModel(), call.context());
		if (refusal != null) {
			call.discard();
		}
		else {
			call.requests().restart();
		}
		return refusal;
	}

	/**
	 * Return why a request must not be made, or {@code null} if it may be.
	 * @param model the model
	 * @param requestedModel the model that is requested, if known
	 * @param context the feature and the customer
	 */
	@Nullable RuntimeException of(CalledModel model, @Nullable String requestedModel, LlmContext context) {
		RequestGate gate = this.beans.gate();
		if (gate == null || !this.beans.isReady()) {
			return null;
		}
		try {
			EventNames names = this.beans.eventNames();
			LlmCustomer customer = context.customer();
			boolean request = this.history.isRequest(model);
			return gate.refusal(
					request ? names.provider(model) : names.providerConfiguredFor(model, LlmUsageEvent.UNKNOWN),
					request ? names.model(requestedModel, this.history.answeringModel(model, requestedModel)) : null,
					names.feature(context), (customer != null) ? customer.id() : null);
		}
		catch (Throwable ex) {
			this.failures.containQuestion(ex);
			return null;
		}
	}

	/**
	 * Return whether a failure says that a request was not made because a budget refused
	 * it.
	 */
	static boolean areCauseOf(Throwable failure) {
		Throwable cause = failure;
		for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
			if (cause instanceof LlmBudgetExceededException) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
