// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A model request that is recorded by hand. Say what is known about it, then
 * {@link #record()} it. Provider and model have their aliases, costs are calculated, and
 * customizers called as for all other requests.
 * <p>
 * Methods throw an {@link InvalidUsageEventException} for what LLMtrack would not accept;
 * {@link #record()} throws nothing. Not thread-safe, but a request may begin on one
 * thread and end on another.
 *
 * @since 0.1.0
 * @see LlmUsageRecorder
 */
public interface LlmRequestRecording {

	/**
	 * Set the model that the answer names, often more precise than the requested one.
	 * @param model the model, or {@code null} if unknown
	 * @return this request
	 */
	LlmRequestRecording model(@Nullable String model);

	/**
	 * Set the token counts, which together are the total.
	 * @param prompt tokens in the prompt, not negative
	 * @param completion tokens in the completion, not negative
	 * @return this request
	 */
	LlmRequestRecording tokens(long prompt, long completion);

	/**
	 * Set the token counts, of which some may be unknown, and others have details.
	 * @param tokens the token counts
	 * @return this request
	 */
	LlmRequestRecording tokens(LlmTokenUsage tokens);

	/**
	 * Note that the first token has come now. Only the first call counts, and only after
	 * {@link LlmUsageRecorder#begin}.
	 * @return this request
	 */
	LlmRequestRecording firstToken();

	/**
	 * Set the time that the request took, instead of the time since it began.
	 * @param latency the time, not negative
	 * @return this request
	 */
	LlmRequestRecording latency(Duration latency);

	/**
	 * Set how the request ended. Nothing said means success.
	 * @param status the status
	 * @return this request
	 */
	LlmRequestRecording status(LlmRequestStatus status);

	/**
	 * Set that the request failed: by a time-out, if the exception or a cause of it is
	 * one, else by an error.
	 * @param failure the exception
	 * @return this request
	 */
	LlmRequestRecording failed(Throwable failure);

	/**
	 * Set the feature, instead of the one that the request began under.
	 * @param feature the feature; {@code null} or blank for none, so that the default
	 * feature counts
	 * @return this request
	 */
	LlmRequestRecording feature(@Nullable String feature);

	/**
	 * Set the customer, instead of the one that the request began for.
	 * @param customer the customer, or {@code null} for nobody
	 * @return this request
	 */
	LlmRequestRecording customer(@Nullable LlmCustomer customer);

	/**
	 * Set the environment, instead of the application's.
	 * @param environment the environment, or {@code null} for the application's
	 * @return this request
	 */
	LlmRequestRecording environment(@Nullable String environment);

	/**
	 * Set entries of the event's metadata, in addition to those that all events of the
	 * application have.
	 * @param metadata texts, numbers, truth values and maps of such, no lists
	 * @return this request
	 */
	LlmRequestRecording metadata(Map<String, ?> metadata);

	/**
	 * Set the key by which LLMtrack recognizes the request if it is recorded again, also
	 * by another process or after a restart.
	 * @param idempotencyKey 1 to 200 visible ASCII characters without spaces, or
	 * {@code null} for a random one
	 * @return this request
	 */
	LlmRequestRecording idempotencyKey(@Nullable String idempotencyKey);

	/**
	 * Record the request, which ends now. Only the first call counts: it belongs into a
	 * {@code finally} block. Throws nothing, and waits for nothing.
	 */
	void record();

}
