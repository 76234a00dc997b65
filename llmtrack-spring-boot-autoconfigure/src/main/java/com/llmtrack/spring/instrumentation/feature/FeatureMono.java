// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/**
 * A {@link Mono} of which every subscription runs under a feature.
 */
final class FeatureMono<T> extends MonoOperator<T, T> {

	private final String feature;

	FeatureMono(Mono<? extends T> source, String feature) {
		super(source);
		this.feature = feature;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		new FeatureSubscriber<T>(actual, this.feature).subscribeTo(this.source);
	}

}
