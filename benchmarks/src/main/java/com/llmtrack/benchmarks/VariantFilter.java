// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out the auto-configurations that a {@link Variant} does without, as if their
 * jars were not there.
 */
final class VariantFilter implements AutoConfigurationImportFilter, EnvironmentAware {

	static final String EXCLUDED = "benchmarks.excluded-auto-configurations";

	private List<String> excluded = List.of();

	@Override
	public void setEnvironment(Environment environment) {
		this.excluded = Arrays.asList(environment.getProperty(EXCLUDED, String[].class, new String[0]));
	}

	@Override
	public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[autoConfigurations.length];
		for (int i = 0; i < matches.length; i++) {
			String name = autoConfigurations[i];
			matches[i] = name == null || this.excluded.stream().noneMatch(name::startsWith);
		}
		return matches;
	}

}
