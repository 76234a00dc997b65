// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Map;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmUsageEventBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A request that has ended, from which its event is made. An early one waits until the
 * application is ready, so it keeps no content.
 */
interface EndedRequest {

	CalledModel model();

	/**
	 * Return the model that the request asked for, if known.
	 */
	@Nullable String requestedModel();

	/**
	 * Return the model that answered, if it was named.
	 */
	@Nullable String answeringModel();

	/**
	 * Return the context that the request was made in.
	 */
	LlmContext context();

	/**
	 * Return the trace that the request was made in, if events include it.
	 */
	@Nullable String traceId();

	/**
	 * Return entries of the metadata that only this request has.
	 */
	default Map<String, Object> metadata() {
		return Map.of();
	}

	/**
	 * Return the call of a contributor that made this request, if one did.
	 */
	@Nullable ContributorCall origin();

	/**
	 * Set what the event takes from the request as it is.
	 */
	void describe(LlmUsageEventBuilder event);

}
