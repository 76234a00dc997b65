// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEventBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A request that a model answered by asking for tools, while the call that it was made in
 * goes on. It is like that call in everything but its answer and its times.
 *
 * @param tokens what the request alone used
 * @param endedAt when it ended, by {@link System#nanoTime()}
 */
record EndedRound(CalledModel model, @Nullable String requestedModel, @Nullable String answeringModel,
		LlmContext context, @Nullable String traceId, @Nullable ContributorCall origin, LlmTokenUsage tokens,
		RequestClock clock, long endedAt) implements EndedRequest {

	@Override
	public void describe(LlmUsageEventBuilder event) {
		event.tokens(this.tokens).status(LlmRequestStatus.SUCCESS);
		this.clock.describe(event, this.endedAt);
	}

}
