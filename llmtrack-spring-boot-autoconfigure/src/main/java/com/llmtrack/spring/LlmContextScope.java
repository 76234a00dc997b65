// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

/**
 * How long a thread is under an {@link LlmContext}: until this is closed, by the same
 * thread.
 *
 * @since 0.1.0
 */
public final class LlmContextScope implements AutoCloseable {

	private static final ThreadLocal<@Nullable LlmContextScope> CURRENT = new ThreadLocal<>();

	private final LlmContext context;

	private final @Nullable LlmContextScope outer;

	/** Whether the context comes from another thread. */
	private final boolean propagated;

	private LlmContextScope(LlmContext context, @Nullable LlmContextScope outer, boolean propagated) {
		this.context = context;
		this.outer = outer;
		this.propagated = propagated;
	}

	static LlmContext currentContext() {
		LlmContextScope scope = CURRENT.get();
		return (scope != null) ? scope.context : LlmContext.EMPTY;
	}

	/**
	 * Put the current thread under a context and no other.
	 */
	static LlmContextScope open(LlmContext context) {
		return open(context, false);
	}

	/**
	 * Put the current thread under a context of another one.
	 */
	static void propagate(LlmContext context) {
		open(context, true);
	}

	/**
	 * Remove a context of another thread from the current one, which keeps the scopes
	 * that it opened itself.
	 */
	static void clearPropagated() {
		LlmContextScope own = CURRENT.get();
		while (own != null && own.propagated) {
			own = own.outer;
		}
		open((own != null) ? own.context : LlmContext.EMPTY, true);
	}

	/**
	 * Close the innermost scope that came from another thread, and those inside it.
	 */
	static void restore() {
		LlmContextScope scope = CURRENT.get();
		while (scope != null && !scope.propagated) {
			scope = scope.outer;
		}
		if (scope != null) {
			scope.close();
		}
	}

	private static LlmContextScope open(LlmContext context, boolean propagated) {
		LlmContextScope scope = new LlmContextScope(context, CURRENT.get(), propagated);
		CURRENT.set(scope);
		return scope;
	}

	/**
	 * Restore the previous context of the thread. Closing a scope that is not the
	 * thread's innermost one closes those inside it as well; closing it twice, or on
	 * another thread, does nothing.
	 */
	@Override
	public void close() {
		if (isOpen()) {
			if (this.outer != null) {
				CURRENT.set(this.outer);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	private boolean isOpen() {
		for (LlmContextScope scope = CURRENT.get(); scope != null; scope = scope.outer) {
			if (scope == this) {
				return true;
			}
		}
		return false;
	}

}
