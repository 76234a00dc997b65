// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.llmtrack.spring.LlmRequestStatus;
import org.jspecify.annotations.Nullable;

/**
 * What earlier requests tell about later ones, where requests may be refused: which of
 * the application's models make requests themselves and do not only pass on what they are
 * asked, and which model answers if a name is requested, such as that of a deployment.
 * Safe for any thread.
 */
final class RequestHistory {

	private static final int MAX_NAMES = 1_000;

	private final Set<Class<?>> requesters = ConcurrentHashMap.newKeySet();

	private final Map<Requested, String> answering = new ConcurrentHashMap<>();

	private final ApplicationBeans beans;

	RequestHistory(ApplicationBeans beans) {
		this.beans = beans;
	}

	/**
	 * Note a call that has ended and was a request.
	 */
	void add(ModelCall call) {
		if (this.beans.gate() == null || call.end().status() != LlmRequestStatus.SUCCESS) {
			return;
		}
		Class<?> requester = call.model().isApplications() ? call.model().targetClass() : null;
		if (requester != null) {
			this.requesters.add(requester);
		}
		String requested = call.requestedModel();
		String answered = call.answeringModel();
		if (requested != null && answered != null) {
			Requested key = new Requested(call.model().provider(), requested);
			if (this.answering.size() < MAX_NAMES || this.answering.containsKey(key)) {
				this.answering.put(key, answered);
			}
		}
	}

	/**
	 * Return whether a call of a model is known to be a request.
	 */
	boolean isRequest(CalledModel model) {
		if (!model.isApplications()) {
			return true;
		}
		Class<?> type = model.targetClass();
		return type != null && this.requesters.contains(type);
	}

	/**
	 * Return which model answered last when a name was requested, if it is known.
	 */
	@Nullable String answeringModel(CalledModel model, @Nullable String requested) {
		return (requested != null) ? this.answering.get(new Requested(model.provider(), requested)) : null;
	}

	private record Requested(String provider, String model) {
	}

}
