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

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The model beans that stay as they are in the container, each with the measuring proxy
 * that stands for it at injection points: the same one as long as somebody holds it.
 * Keeps neither a bean nor its proxy alive.
 */
final class RawModels {

	private final Map<Identity, Proxied> models = new ConcurrentHashMap<>();

	private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

	void add(Object model, UnaryOperator<Object> proxyFactory) {
		for (Reference<?> gone = this.collected.poll(); gone != null; gone = this.collected.poll()) {
			this.models.remove(gone);
		}
		this.models.put(new Identity(model, this.collected), new Proxied(proxyFactory));
	}

	/**
	 * Return the measuring proxy of a raw model, and any other object as it is.
	 */
	Object measured(Object candidate) {
		Proxied proxied = this.models.get(new Identity(candidate, null));
		return (proxied != null) ? proxied.proxyOf(candidate) : candidate;
	}

	private static final class Proxied {

		private final UnaryOperator<Object> factory;

		private WeakReference<@Nullable Object> proxy = new WeakReference<>(null);

		Proxied(UnaryOperator<Object> factory) {
			this.factory = factory;
		}

		synchronized Object proxyOf(Object model) {
			Object proxy = this.proxy.get();
			if (proxy == null) {
				proxy = this.factory.apply(model);
				this.proxy = new WeakReference<>(proxy);
			}
			return proxy;
		}

	}

	/**
	 * A key that compares objects by identity: a model may define {@code equals} as it
	 * likes.
	 */
	private static final class Identity extends WeakReference<Object> {

		private final int hash;

		Identity(Object model, @Nullable ReferenceQueue<Object> queue) {
			super(model, queue);
			this.hash = System.identityHashCode(model);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other || (other instanceof Identity identity && get() != null && get() == identity.get());
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

	}

}
