// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmRequestRecording;
import com.llmtrack.spring.LlmUsageRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Records the requests that the application reports by hand, like those of its models.
 */
public final class UsageRecorder implements LlmUsageRecorder {

	private final ModelCalls calls;

	/**
	 * Create a recorder.
	 * @param calls the model calls of the application
	 */
	public UsageRecorder(ModelCalls calls) {
		this.calls = calls;
	}

	@Override
	public LlmRequestRecording begin(@Nullable String provider, @Nullable String model) {
		return new RequestRecording(this.calls.beginByHand(), provider, model, new RequestClock());
	}

	@Override
	public LlmRequestRecording ended(@Nullable String provider, @Nullable String model) {
		return new RequestRecording(this.calls.beginByHand(), provider, model, null);
	}

}
