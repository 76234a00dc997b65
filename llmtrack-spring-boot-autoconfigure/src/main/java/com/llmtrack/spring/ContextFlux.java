// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/**
 * A {@link Flux} whose subscriptions run under a context.
 */
final class ContextFlux<T> extends FluxOperator<T, T> {

	private final LlmContext context;

	private ContextFlux(Flux<? extends T> source, LlmContext context) {
		super(source);
		this.context = context;
	}

	/**
	 * Return such a flux. Declared as {@link Flux}, so that the JVM can verify the caller
	 * without loading Reactor.
	 */
	static <T> Flux<T> of(Flux<? extends T> source, LlmContext context) {
		return new ContextFlux<>(source, context);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		new ContextSubscriber<T>(actual, this.context).subscribeTo(this.source);
	}

}
