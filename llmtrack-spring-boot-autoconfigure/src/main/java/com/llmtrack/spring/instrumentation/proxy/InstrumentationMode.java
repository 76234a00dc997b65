// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.proxy;

/**
 * How a model bean is instrumented.
 */
public enum InstrumentationMode {

	EXISTING_PROXY("by the proxy that it has anyway"),

	CLASS_PROXY("by a proxy of its class"),

	INTERFACE_PROXY("by a proxy of its interfaces"),

	SCOPED_PROXY("by the proxy of its scope, by its observations elsewhere"),

	INJECTION_POINTS("by a proxy where it is injected by interface, by its observations elsewhere"),

	OBSERVATIONS("by its observations"),

	EXCLUDED("not at all, as it is excluded"),

	EMBEDDINGS_OFF("not at all, as embeddings are off"),

	UNSUPPORTED("not at all, as it is neither a ChatModel nor an EmbeddingModel");

	private final String description;

	InstrumentationMode(String description) {
		this.description = description;
	}

	/**
	 * Return whether callers may have a reference to the model without a proxy.
	 */
	public boolean leavesModelBare() {
		return this == SCOPED_PROXY || this == INJECTION_POINTS || this == OBSERVATIONS || this == EXCLUDED;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
