// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/**
 * A {@link Mono} whose subscriptions run under a context.
 */
final class ContextMono<T> extends MonoOperator<T, T> {

	private final LlmContext context;

	private ContextMono(Mono<? extends T> source, LlmContext context) {
		super(source);
		this.context = context;
	}

	/**
	 * Return such a mono. Declared as {@link Mono}, so that the JVM can verify the caller
	 * without loading Reactor.
	 */
	static <T> Mono<T> of(Mono<? extends T> source, LlmContext context) {
		return new ContextMono<>(source, context);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		new ContextSubscriber<T>(actual, this.context).subscribeTo(this.source);
	}

}
