// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import org.jspecify.annotations.Nullable;

/**
 * How long the current thread is inside a call, or outside of any. Closed by the same
 * thread.
 */
public final class CallScope implements AutoCloseable {

	private static final ThreadLocal<@Nullable OuterCall> CURRENT = new ThreadLocal<>();

	private final @Nullable OuterCall outer;

	private CallScope(@Nullable OuterCall outer) {
		this.outer = outer;
	}

	static @Nullable OuterCall current() {
		return CURRENT.get();
	}

	static CallScope inside(OuterCall call) {
		CallScope scope = new CallScope(CURRENT.get());
		CURRENT.set(call);
		return scope;
	}

	static CallScope outside() {
		CallScope scope = new CallScope(CURRENT.get());
		// Keeps the entry, since each chunk of a stream leaves its call
		CURRENT.set(null);
		return scope;
	}

	@Override
	public void close() {
		if (this.outer != null) {
			CURRENT.set(this.outer);
		}
		else {
			CURRENT.remove();
		}
	}

}
