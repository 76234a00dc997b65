// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a call is made for.
 *
 * @param calls the calls: one that is certain, or any number of those that are possible
 * @param isCertain whether it is certain that the call is made for it; otherwise it may
 * also be one that somebody makes at the same time
 */
record OuterCalls(List<? extends OuterCall> calls, boolean isCertain) {

	static final OuterCalls NONE = new OuterCalls(List.of(), false);

	static OuterCalls certain(OuterCall call) {
		return new OuterCalls(List.of(call), true);
	}

	static OuterCalls possible(List<? extends OuterCall> calls) {
		return calls.isEmpty() ? NONE : new OuterCalls(calls, false);
	}

	/**
	 * Return one of the calls if all have the same context.
	 */
	@Nullable OuterCall common() {
		OuterCall common = null;
		for (OuterCall call : this.calls) {
			if (common != null && !call.context().equals(common.context())) {
				return null;
			}
			common = call;
		}
		return common;
	}

	void link(ModelCall inner) {
		this.calls.forEach((call) -> call.link(inner, this.isCertain));
	}

}
