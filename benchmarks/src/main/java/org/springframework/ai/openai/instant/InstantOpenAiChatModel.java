/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
