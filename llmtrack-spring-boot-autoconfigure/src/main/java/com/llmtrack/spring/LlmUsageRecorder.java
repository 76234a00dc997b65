// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.jspecify.annotations.Nullable;

/**
 * Records model requests by hand: those that no instrumented model makes, but the SDK of
 * a provider, or a batch.
 *
 * <pre class="code">
 * LlmRequestRecording request = usageRecorder.begin("openai", "gpt-4o-mini");
 * try {
 *     ChatCompletion answer = client.chat().completions().create(params);
 *     answer.usage().ifPresent((usage) -&gt; request.tokens(usage.promptTokens(), usage.completionTokens()));
 * }
 * catch (RuntimeException ex) {
 *     request.failed(ex);
 *     throw ex;
 * }
 * finally {
 *     request.record();
 * }
 * </pre>
 *
 * There is always a bean of this type, so code that uses it works even if LLMtrack is
 * off: then nothing is recorded. A request to an instrumented model is recorded already.
 * Thread-safe.
 *
 * @since 0.1.0
 * @see LlmRequestRecording
 */
public interface LlmUsageRecorder {

	/**
	 * Begin a request. It takes the time until {@link LlmRequestRecording#record()}, and
	 * has the feature and the customer that a request to a model would have now, on this
	 * thread.
	 * @param provider the provider, best as {@code models.dev} names it, such as
	 * {@code openai}; unknown if blank
	 * @param model the requested model, or {@code null} if unknown
	 * @return the request
	 */
	LlmRequestRecording begin(@Nullable String provider, @Nullable String model);

	/**
	 * Take a request that has ended before, such as one of a batch. How long it took is
	 * unknown, unless {@link LlmRequestRecording#latency(java.time.Duration) said}. It
	 * has the feature and the customer that a request to a model would have now, on this
	 * thread.
	 * @param provider the provider, best as {@code models.dev} names it, such as
	 * {@code openai}; unknown if blank
	 * @param model the requested model, or {@code null} if unknown
	 * @return the request
	 */
	LlmRequestRecording ended(@Nullable String provider, @Nullable String model);

}
