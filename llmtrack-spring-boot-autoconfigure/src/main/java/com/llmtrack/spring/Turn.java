// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.util.UUID;

/**
 * One call of a {@code ChatClient}, with all rounds of its tools and what these ask.
 *
 * @param id a random id
 */
record Turn(String id) {

	static Turn begin() {
		return new Turn(UUID.randomUUID().toString());
	}

}
