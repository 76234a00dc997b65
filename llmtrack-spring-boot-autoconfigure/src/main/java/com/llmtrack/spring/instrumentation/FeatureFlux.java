/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/**
 * A {@link Flux} of which every subscription runs under a feature.
 */
final class FeatureFlux<T> extends FluxOperator<T, T> {

	private final String feature;

	private FeatureFlux(Flux<? extends T> source, String feature) {
		super(source);
		this.feature = feature;
	}

	/**
	 * Return a flux, as no more than that: who calls this can be verified without this
	 * class.
	 */
	static <T> Flux<T> of(Flux<? extends T> source, String feature) {
		return new FeatureFlux<>(source, feature);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		new FeatureSubscriber<T>(actual, this.feature).subscribeTo(this.source);
	}

}
