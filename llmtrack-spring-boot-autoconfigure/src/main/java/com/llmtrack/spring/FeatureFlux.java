// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/**
 * A {@link Flux} whose subscriptions run under a feature.
 */
final class FeatureFlux<T> extends FluxOperator<T, T> {

	private final String feature;

	private FeatureFlux(Flux<? extends T> source, String feature) {
		super(source);
		this.feature = feature;
	}

	/**
	 * Return such a flux. Declared as {@link Flux}, so that the JVM can verify the caller
	 * without loading Reactor.
	 */
	static <T> Flux<T> of(Flux<? extends T> source, String feature) {
		return new FeatureFlux<>(source, feature);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		new FeatureSubscriber<T>(actual, this.feature).subscribeTo(this.source);
	}

}
