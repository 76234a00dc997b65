// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a request that is recorded by hand began, and where it is recorded when it has
 * ended.
 *
 * @param context the context there
 * @param traceId the trace there, if events include it
 * @param contributor the call of a contributor that made the request, if one did
 * @param recorder records the request
 * @param callSites knows the places that make requests without a feature
 */
record RequestOrigin(LlmContext context, @Nullable String traceId, @Nullable ContributorCall contributor,
		EventRecorder recorder, CallSites callSites) {

	/**
	 * Record a request on the thread on which it ended. Throws nothing.
	 */
	void record(EndedRequest request) {
		try {
			if (request.context().feature() == null) {
				this.callSites.add();
			}
		}
		catch (Throwable ex) {
			this.recorder.contain(ex);
		}
		this.recorder.record(request);
	}

}
