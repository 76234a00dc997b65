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

package com.llmtrack.spring.instrumentation;

/**
 * How the requests of a model bean are seen.
 */
enum Coverage {

	EXISTING_PROXY("by the proxy that it has anyway"),

	CLASS_PROXY("by a proxy of its class"),

	INTERFACE_PROXY("by a proxy of its interfaces"),

	INJECTION_POINTS("by a proxy where it is injected by interface, by its observations elsewhere"),

	OBSERVATIONS("by its observations"),

	EXCLUDED("not at all, as it is excluded");

	private final String description;

	Coverage(String description) {
		this.description = description;
	}

	/**
	 * Return whether callers may have a reference to the model that no proxy measures.
	 */
	boolean leavesModelBare() {
		return this == INJECTION_POINTS || this == OBSERVATIONS || this == EXCLUDED;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
