// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.documentation;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that types, methods, packages and files that the documentation names exist.
 */
@Tag("project")
class DocumentedNameTests {

	static List<Page> pages() {
		return Page.all();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyNameIsThatOfSomething(Page page) {
		assertThat(page.spans().filter((span) -> !span.isCommand()))
			.allSatisfy((span) -> assertThat(CodeNames.unknown(span.code())).as("%s", span).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "LlmUsageEventListener", "@LlmFeatures", "LlmContext.reopen(…)",
			"LlmContext.NO_SUCH_PARAM", "ChatModl", "com.llmtrack.spring.no", "docs/missing.md", ".ci/missing",
			"noSuchMethodIsThere()", "new ChatModelProxy()", "sample-app/src/missing" })
	void nameOfNothingIsNoticed(String code) {
		assertThat(CodeNames.unknown(code)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "LlmUsageEventSink", "@LlmFeature", "LlmContext.feature(…).open()",
			"LlmContext.FEATURE_PARAM", "ChatModel", "com.llmtrack.spring.delivery.http",
			"com.llmtrack.spring.LlmFeature", "docs/delivery.md", ".ci/run", "getBean", "User-Agent",
			"application/json", "llmtrack.providers.openAiChatModel=groq", "Mono", "ReactiveAdapterRegistry" })
	void nameOfSomethingIsKnown(String code) {
		assertThat(CodeNames.unknown(code)).isEmpty();
	}

}
