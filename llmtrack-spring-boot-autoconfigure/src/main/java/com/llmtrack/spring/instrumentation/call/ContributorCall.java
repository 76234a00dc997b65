// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A call of one of the application's contributions to events. One that makes model
 * requests itself is not asked about these: it would never come to an end, and pay for
 * each round.
 *
 * @param contributor who is called
 * @param outer the call that this one takes place within, if any
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
	 * Return what a contributor says.
	 * @param contributor the contributor
	 * @param maker the call that made the request which the contributor is asked about,
	 * if any
	 * @param otherwise the result if the contributor made that request itself
	 * @param call calls the contributor
	 */
	static <T> @Nullable T call(Object contributor, @Nullable ContributorCall maker, @Nullable T otherwise,
			Supplier<@Nullable T> call) {
		ContributorCall previous = CURRENT.get();
		if (isWithin(maker, contributor) || isWithin(previous, contributor)) {
			return otherwise;
		}
		ModelCall model = ModelCallTracker.enter(null);
		CURRENT.set(new ContributorCall(contributor, (maker != null) ? maker : previous));
		try {
			return call.get();
		}
		finally {
			if (previous != null) {
				CURRENT.set(previous);
			}
			else {
				CURRENT.remove();
			}
			ModelCallTracker.enter(model);
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
