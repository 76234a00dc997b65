// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.instrumentation.call.ModelNameSource;

/**
 * Content of events.
 */
final class EventProperties {

	/**
	 * Which model name takes precedence: the one in the response, or the one in the
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
