// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.pricing;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Spellings of a model's name, and who sells the model in the first place.
 */
final class ModelNames {

	/** The version of a model, with which Amazon Bedrock ends names. */
	private static final Pattern VERSION = Pattern.compile("(-v\\d+)?(:\\d+)?$");

	private static final Pattern DATE = Pattern
		.compile("[-@](\\d{4}-\\d{2}-\\d{2}|\\d{2}-\\d{4}|\\d{8}|\\d{2}-\\d{2}|\\d{4}|\\d{3}|latest|default)$");

	private static final Pattern REGION = Pattern.compile("^(us-gov|us|eu|apac|au|jp|ca|sa|me|af|global)\\.");

	/** The base of a fine-tuned model of OpenAI. */
	private static final Pattern FINE_TUNED = Pattern.compile("^ft:[^:]+");

	private static final Map<String, Pattern> OWNERS = Map.ofEntries(
			owner("openai", "gpt-[345].*|chatgpt-.*|o[134](-.*)?|codex-.*|text-embedding-(3-.*|ada-.*)"),
			owner("anthropic", "claude-.*"), owner("google", "gemini-.*"),
			owner("mistral", "(mistral|ministral|magistral|codestral|devstral|pixtral|open-mi[sx]tral)-.*"),
			owner("deepseek", "deepseek-.*"), owner("xai", "grok-.*"),
			owner("cohere", "command-.*|embed-(v4|english|multilingual).*"), owner("perplexity", "sonar(-.*)?"),
			owner("moonshotai", "kimi-.*"), owner("zai", "glm-.*"), owner("minimax", "minimax-.*"));

	private ModelNames() {
	}

	private static Map.Entry<String, Pattern> owner(String provider, String models) {
		return Map.entry(provider, Pattern.compile(models));
	}

	static String normalize(String name) {
		return name.strip().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the names under which a list may have a model, the most exact one first.
	 * @param model the normalized name of the model
	 */
	static Set<String> spellings(String model) {
		Set<String> names = new LinkedHashSet<>();
		Matcher fineTuned = FINE_TUNED.matcher(model);
		if (fineTuned.lookingAt()) {
			// Costs more than its base, whose price does not apply
			names.add(model);
			addDated(names, fineTuned.group());
			return names;
		}
		addDated(names, model);
		String path = model.substring(model.lastIndexOf('/') + 1);
		addDated(names, path);
		addDated(names, REGION.matcher(path).replaceFirst(""));
		return names;
	}

	private static void addDated(Set<String> names, String model) {
		names.add(model);
		names.add(DATE.matcher(model).replaceFirst(""));
		String unversioned = VERSION.matcher(model).replaceFirst("");
		names.add(unversioned);
		names.add(DATE.matcher(unversioned).replaceFirst(""));
	}

	/**
	 * Return the provider that made a model and sells it.
	 * @param model the normalized name of the model
	 * @return the provider, or {@code null} if it is not obvious, such as for models
	 * whose weights anybody may serve
	 */
	static @Nullable String ownerOf(String model) {
		return OWNERS.entrySet()
			.stream()
			.filter((owner) -> owner.getValue().matcher(model).matches())
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

}
