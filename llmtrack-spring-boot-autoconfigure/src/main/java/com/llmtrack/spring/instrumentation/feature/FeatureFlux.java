// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/**
 * A {@link Flux} of which every subscription runs under a feature.
 */
public final class FeatureFlux<T> extends FluxOperator<T, T> {

	private final String feature;

	private FeatureFlux(Flux<? extends T> source, String feature) {
		super(source);
		this.feature = feature;
	}

	/**
	 * Return a flux, as no more than that: who calls this can be verified without this
	 * class.
	 */
	public static <T> Flux<T> of(Flux<? extends T> source, String feature) {
		return new FeatureFlux<>(source, feature);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		new FeatureSubscriber<T>(actual, this.feature).subscribeTo(this.source);
	}

}
