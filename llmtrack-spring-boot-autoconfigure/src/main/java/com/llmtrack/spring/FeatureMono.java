// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/**
 * A {@link Mono} whose subscriptions run under a feature.
 */
final class FeatureMono<T> extends MonoOperator<T, T> {

	private final String feature;

	private FeatureMono(Mono<? extends T> source, String feature) {
		super(source);
		this.feature = feature;
	}

	/**
	 * Return such a mono. Declared as {@link Mono}, so that the JVM can verify the caller
	 * without loading Reactor.
	 */
	static <T> Mono<T> of(Mono<? extends T> source, String feature) {
		return new FeatureMono<>(source, feature);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		new FeatureSubscriber<T>(actual, this.feature).subscribeTo(this.source);
	}

}
