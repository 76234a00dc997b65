// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A call of one of the application's beans that contribute to events. One that makes
 * model requests itself is not asked about these: that would never end, and each round
 * would be paid for.
 *
 * @param contributor the bean that is called
 * @param outer the call that surrounds this one, if any
 */
record ContributorCall(Object contributor, @Nullable ContributorCall outer) {

	private static final ThreadLocal<@Nullable ContributorCall> CURRENT = new ThreadLocal<>();

	/**
	 * Return the call that the thread is in.
	 */
	static @Nullable ContributorCall current() {
		return CURRENT.get();
	}

	/**
	 * Ask a contributor about a request.
	 * @param contributor the contributor
	 * @param origin the call of a contributor that made the request, if one did
	 * @param otherwise the result if this contributor made the request itself
	 * @param call calls the contributor
	 */
	static <T> @Nullable T call(Object contributor, @Nullable ContributorCall origin, @Nullable T otherwise,
			Supplier<@Nullable T> call) {
		ContributorCall previous = CURRENT.get();
		if (isWithin(origin, contributor) || isWithin(previous, contributor)) {
			return otherwise;
		}
		CURRENT.set(new ContributorCall(contributor, (origin != null) ? origin : previous));
		try (CallScope scope = ModelCall.leave()) {
			return call.get();
		}
		finally {
			if (previous != null) {
				CURRENT.set(previous);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	private static boolean isWithin(@Nullable ContributorCall candidate, Object contributor) {
		for (ContributorCall call = candidate; call != null; call = call.outer) {
			if (call.contributor == contributor) {
				return true;
			}
		}
		return false;
	}

}
