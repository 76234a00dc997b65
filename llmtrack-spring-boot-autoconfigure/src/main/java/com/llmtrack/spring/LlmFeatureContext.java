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

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

/**
 * The feature that model requests of the current thread are booked under.
 * <p>
 * {@link LlmFeature} opens and closes scopes by itself; this class does the same where an
 * annotation can't be used. A scope belongs to the thread that opened it and is closed by
 * that thread, innermost first. For a stream of which the subscriber runs elsewhere, put
 * the feature into the Reactor context under {@link #REACTOR_KEY}; there it takes
 * precedence over the thread's feature.
 *
 * @since 0.1.0
 */
public final class LlmFeatureContext {

	/**
	 * Key of the feature, a {@code String}, in a Reactor context.
	 */
	public static final String REACTOR_KEY = "com.llmtrack.feature";

	private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

	private LlmFeatureContext() {
	}

	/**
	 * Return the feature of the current thread.
	 * @return the name of the feature, or {@code null} if there is none
	 */
	public static @Nullable String current() {
		Scope scope = CURRENT.get();
		return (scope != null) ? scope.feature : null;
	}

	/**
	 * Put the current thread under a feature until the returned scope is closed.
	 * @param feature the name of the feature, or {@code null} for none
	 * @return the scope, to be closed by the same thread
	 */
	public static Scope open(@Nullable String feature) {
		Scope scope = new Scope(feature, CURRENT.get());
		CURRENT.set(scope);
		return scope;
	}

	/**
	 * A stretch of work of one thread under one feature.
	 *
	 * @since 0.1.0
	 */
	public static final class Scope implements AutoCloseable {

		private final @Nullable String feature;

		private final @Nullable Scope outer;

		private Scope(@Nullable String feature, @Nullable Scope outer) {
			this.feature = feature;
			this.outer = outer;
		}

		/**
		 * Give the thread its previous feature back. Closing a scope that is not the
		 * thread's innermost one closes those inside it as well; closing it twice, or on
		 * another thread, does nothing.
		 */
		@Override
		public void close() {
			if (isOpen()) {
				restore(this.outer);
			}
		}

		private boolean isOpen() {
			for (Scope scope = CURRENT.get(); scope != null; scope = scope.outer) {
				if (scope == this) {
					return true;
				}
			}
			return false;
		}

		private static void restore(@Nullable Scope scope) {
			if (scope != null) {
				CURRENT.set(scope);
			}
			else {
				CURRENT.remove();
			}
		}

	}

}
