// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;

import org.springframework.ai.model.observation.ModelObservationContext;

/**
 * Throws the exception of a request that a budget refuses, where only its observation is
 * seen: models of Spring AI make it right before they send the request. A predicate is
 * asked before any handler has started the observation: an exception of a handler would
 * leave behind spans and timers that others had started and nobody would end. Registries
 * may outlive the application, to which this does not refer.
 */
final class ObservedRequestGate implements ObservationPredicate {

	private final ModelObservationHandler handler;

	ObservedRequestGate(ModelObservationHandler handler) {
		this.handler = handler;
	}

	@Override
	public boolean test(String name, Observation.Context context) {
		RuntimeException refusal = (context instanceof ModelObservationContext<?, ?> observed)
				? this.handler.refusal(observed) : null;
		if (refusal != null) {
			throw refusal;
		}
		return true;
	}

}
