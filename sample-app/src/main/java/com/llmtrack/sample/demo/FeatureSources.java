// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

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
 * The source code of the annotated methods behind the features, which the build adds to
 * the jar.
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
