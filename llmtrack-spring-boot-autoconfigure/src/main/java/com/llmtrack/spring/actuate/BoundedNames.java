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
