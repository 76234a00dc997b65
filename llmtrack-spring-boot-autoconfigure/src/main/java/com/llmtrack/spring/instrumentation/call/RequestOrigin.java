// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmCustomer;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Where a request that is recorded by hand began, and where it is recorded when it has
 * ended.
 *
 * @param feature the feature there, empty if a scope has none
 * @param customer the customer there
 * @param contributor the call of a contributor that made the request, if one did
 * @param recorder records the request
 * @param callSites knows the places that make requests without a feature
 */
record RequestOrigin(@Nullable String feature, @Nullable LlmCustomer customer, @Nullable ContributorCall contributor,
		EventRecorder recorder, CallSites callSites) {

	/**
	 * Record a request on the thread on which it ended. Throws nothing.
	 */
	void record(EndedRequest request) {
		try {
			if (!StringUtils.hasText(request.feature())) {
				this.callSites.add();
			}
		}
		catch (Throwable ex) {
			this.recorder.contain(ex);
		}
		this.recorder.record(request);
	}

}
