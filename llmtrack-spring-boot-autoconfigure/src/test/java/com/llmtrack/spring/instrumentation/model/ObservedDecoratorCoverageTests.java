// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

import org.springframework.test.context.ActiveProfiles;

/**
 * Tests that observations of Spring AI neither add nor remove events of decorators.
 */
@ActiveProfiles("observations")
class ObservedDecoratorCoverageTests extends DecoratorCoverageTests {

	/**
	 * Some of the ways are enough: without a registry, models that are injected by class
	 * are observed as well.
	 */
	static Stream<Arguments> ways() {
		return Stream.of(Inner.values())
			.flatMap((inner) -> Stream.of(Hop.SAME_THREAD, Hop.COMPLETABLE_FUTURE)
				.map((hop) -> Arguments.of(inner, hop)));
	}

}
