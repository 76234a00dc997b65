// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Lets a limited number of distinct names through, and replaces all others, so that what
 * is counted by name can't grow without limit. Safe for any thread.
 */
final class BoundedNames {

	static final String OTHER = "other";

	private final int max;

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	BoundedNames(int max) {
		this.max = max;
	}

	String limit(@Nullable String name) {
		String known = (name != null) ? name : "unknown";
		if (this.names.contains(known)) {
			return known;
		}
		// May let a few more through if many come at once
		return (this.names.size() < this.max && this.names.add(known)) ? known : OTHER;
	}

}
