// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package org.springframework.ai.openai.instant;

import com.llmtrack.benchmarks.InstantChatModel;
import io.micrometer.observation.ObservationRegistry;

/**
 * A model that is taken for one of Spring AI's, as nearly all are that are used, because
 * of its package, and that is final, as the most used ones are.
 */
public final class InstantOpenAiChatModel extends InstantChatModel {

	public InstantOpenAiChatModel(ObservationRegistry observationRegistry) {
		super(observationRegistry);
	}

}
