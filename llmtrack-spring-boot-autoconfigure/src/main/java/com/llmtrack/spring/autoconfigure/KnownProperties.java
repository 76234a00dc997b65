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

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The names of our properties, as the constructors that they are bound to have them.
 */
final class KnownProperties {

	private final SortedSet<String> names = new TreeSet<>();

	KnownProperties() {
		add("llmtrack", LlmTrackProperties.class);
	}

	private void add(String prefix, Class<?> type) {
		Constructor<?> constructor = type.getDeclaredConstructors()[0];
		for (Parameter parameter : constructor.getParameters()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(parameter.getName());
			if (parameter.getType().getSimpleName().endsWith("Properties")) {
				add(name, parameter.getType());
			}
			else {
				this.names.add(name);
			}
		}
	}

	/**
	 * Return the name that a wrong one was most likely meant to be.
	 */
	String nearest(String wrong) {
		return this.names.stream()
			.min(Comparator.comparing((String name) -> !name.startsWith(wrong))
				.thenComparingInt((name) -> distance(name, wrong)))
			.orElseThrow();
	}

	/**
	 * Return how many characters have to be inserted, left out or replaced to get from
	 * one name to another (the Levenshtein distance).
	 */
	static int distance(String from, String to) {
		int[] row = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[to.length()];
	}

}
