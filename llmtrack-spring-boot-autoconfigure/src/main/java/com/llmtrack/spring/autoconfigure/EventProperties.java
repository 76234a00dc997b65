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

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.instrumentation.ModelNameSource;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Content of events.
 */
@ConfigurationProperties("llmtrack.event")
final class EventProperties {

	/**
	 * Which name of a model comes first: the one in the answer, or the one in the
	 * request.
	 */
	private ModelNameSource modelName = ModelNameSource.RESPONSE;

	/**
	 * Whether to send cached and reasoning tokens, the customer and the environment,
	 * which LLMtrack accepts though its documentation does not mention them.
	 */
	private boolean extendedFields = true;

	public ModelNameSource getModelName() {
		return this.modelName;
	}

	public void setModelName(ModelNameSource modelName) {
		this.modelName = modelName;
	}

	public boolean isExtendedFields() {
		return this.extendedFields;
	}

	public void setExtendedFields(boolean extendedFields) {
		this.extendedFields = extendedFields;
	}

}
