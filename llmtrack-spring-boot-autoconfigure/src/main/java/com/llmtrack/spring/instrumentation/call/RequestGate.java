// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may be made. Asked before each request on the thread that is
 * to make it, or that subscribes to a stream, which may be one that must not wait.
 */
@FunctionalInterface
public interface RequestGate {

	/**
	 * Return why a request must not be made, or {@code null} if it may be.
	 * @param provider the provider as the event would name it
	 * @param model the requested model as the event would name it, if known
	 * @param feature the feature, if there is one
	 * @param customer the id of the customer, if there is one
	 */
	@Nullable RuntimeException refusal(String provider, @Nullable String model, @Nullable String feature,
			@Nullable String customer);

}
