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

package com.llmtrack.sample.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.io.ClassPathResource;

/**
 * The annotated methods behind the features, out of their source, which the build puts
 * into the jar.
 */
final class FeatureSources {

	private static final String SOURCE = "com/llmtrack/sample/Assistant.java";

	private static final Pattern METHOD = Pattern.compile("^\t@LlmFeature\\(\"([^\"]+)\"\\)$.*?^\t}$",
			Pattern.MULTILINE | Pattern.DOTALL);

	private FeatureSources() {
	}

	/**
	 * Return the methods by the names of the features, in their order.
	 */
	static Map<String, String> read() {
		try {
			String source = new ClassPathResource(SOURCE).getContentAsString(StandardCharsets.UTF_8);
			Map<String, String> methods = new LinkedHashMap<>();
			Matcher method = METHOD.matcher(source.replace("\r", ""));
			while (method.find()) {
				methods.put(method.group(1), method.group().stripIndent().replace("\t", "    "));
			}
			return methods;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
