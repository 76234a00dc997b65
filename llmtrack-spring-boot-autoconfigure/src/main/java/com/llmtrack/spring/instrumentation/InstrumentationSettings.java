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

import java.util.Collection;
import java.util.List;

import org.springframework.util.PatternMatchUtils;

/**
 * What the application decides about the instrumentation of its models.
 *
 * @param excludeBeans names of model beans to leave alone, with {@code *} as a wildcard
 * @param finalModels how to measure models that can't be proxied by class
 * @param embeddings whether to measure embedding models, too
 * @param reportMissingFeatures whether to report where requests without a feature come
 * from
 * @since 0.1.0
 */
public record InstrumentationSettings(Collection<String> excludeBeans, FinalModels finalModels, boolean embeddings,
		boolean reportMissingFeatures) {

	/**
	 * Create settings.
	 */
	public InstrumentationSettings {
		excludeBeans = List.copyOf(excludeBeans);
	}

	/**
	 * Create the default settings.
	 */
	public InstrumentationSettings() {
		this(List.of(), FinalModels.PROXY, false, true);
	}

	boolean isExcluded(String beanName) {
		for (String pattern : this.excludeBeans) {
			if (PatternMatchUtils.simpleMatch(pattern, beanName)) {
				return true;
			}
		}
		return false;
	}

}
