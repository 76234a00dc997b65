// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.actuate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Limits the number of distinct names, so that what is counted by name stays bounded.
 * Names beyond the limit become {@link #OTHER}. Safe for any thread.
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
		// Concurrent calls may exceed the limit by a few
		return (this.names.size() < this.max && this.names.add(known)) ? known : OTHER;
	}

}
