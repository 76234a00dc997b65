// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;

/**
 * Instruments models that are not beans, so that their requests are recorded.
 * <p>
 * Model beans are instrumented automatically. An application that builds a model by hand
 * either gives it the {@link io.micrometer.observation.ObservationRegistry
 * ObservationRegistry} of its context, or instruments it with this bean:
 *
 * <pre class="code">
 * ChatModel model = modelInstrumentation.instrument(OllamaChatModel.builder()...build());
 * </pre>
 *
 * There is always a bean of this type, so code that uses it works even if LLMtrack is
 * off. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ModelInstrumentation {

	/**
	 * Instrument a chat model that is not a bean.
	 * @param model the model
	 * @return a model that does the same and is instrumented; the given one if it is
	 * instrumented already or LLMtrack is off
	 */
	ChatModel instrument(ChatModel model);

	/**
	 * Instrument a chat model that is not a bean.
	 * @param model the model
	 * @param name stands for the name of a bean in {@code llmtrack.providers}
	 * @return a model that does the same and is instrumented; the given one if it is
	 * instrumented already or LLMtrack is off
	 */
	ChatModel instrument(ChatModel model, String name);

	/**
	 * Instrument an embedding model that is not a bean, even if embedding model beans are
	 * not instrumented.
	 * @param model the model
	 * @return a model that does the same and is instrumented; the given one if it is
	 * instrumented already or LLMtrack is off
	 */
	EmbeddingModel instrument(EmbeddingModel model);

	/**
	 * Instrument an embedding model that is not a bean, even if embedding model beans are
	 * not instrumented.
	 * @param model the model
	 * @param name stands for the name of a bean in {@code llmtrack.providers}
	 * @return a model that does the same and is instrumented; the given one if it is
	 * instrumented already or LLMtrack is off
	 */
	EmbeddingModel instrument(EmbeddingModel model, String name);

}
