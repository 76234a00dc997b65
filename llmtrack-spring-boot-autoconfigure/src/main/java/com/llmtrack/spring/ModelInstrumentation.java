// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;

/**
 * Instruments models that are no beans, so that each of their requests is recorded.
 * <p>
 * Model beans are instrumented without it. An application that builds a model by hand
 * gives it the {@link io.micrometer.observation.ObservationRegistry ObservationRegistry}
 * of its context, or has it instrumented here:
 *
 * <pre class="code">
 * ChatModel model = modelInstrumentation.instrument(OllamaChatModel.builder()...build());
 * </pre>
 *
 * There is always a bean of this type, so that code which uses it works whether tracking
 * is on or not. Safe for any thread.
 *
 * @since 0.1.0
 */
public interface ModelInstrumentation {

	/**
	 * Instrument a chat model that is no bean.
	 * @param model the model
	 * @return a model that does the same and is instrumented; the given one if it is
	 * instrumented already or tracking is off
	 */
	ChatModel instrument(ChatModel model);

	/**
	 * Instrument a chat model that is no bean.
	 * @param model the model
	 * @param name stands for the name of a bean in {@code llmtrack.providers}
	 * @return a model that does the same and is instrumented; the given one if it is
	 * instrumented already or tracking is off
	 */
	ChatModel instrument(ChatModel model, String name);

	/**
	 * Instrument an embedding model that is no bean, even if embedding model beans are
	 * not instrumented.
	 * @param model the model
	 * @return a model that does the same and is instrumented; the given one if it is
	 * instrumented already or tracking is off
	 */
	EmbeddingModel instrument(EmbeddingModel model);

	/**
	 * Instrument an embedding model that is no bean, even if embedding model beans are
	 * not instrumented.
	 * @param model the model
	 * @param name stands for the name of a bean in {@code llmtrack.providers}
	 * @return a model that does the same and is instrumented; the given one if it is
	 * instrumented already or tracking is off
	 */
	EmbeddingModel instrument(EmbeddingModel model, String name);

}
