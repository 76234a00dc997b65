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

package com.llmtrack.spring;

import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

import org.springframework.test.context.ActiveProfiles;

/**
 * The observations of Spring AI neither add events to decorated streams nor take any
 * away.
 */
@ActiveProfiles("observations")
class ObservedStreamDecoratorCoverageTests extends StreamDecoratorCoverageTests {

	/**
	 * Some of the ways are enough: without a registry, models that are injected by class
	 * are observed as well.
	 */
	static Stream<Arguments> ways() {
		return Stream.of(Inner.values())
			.flatMap((inner) -> Stream.of(Hop.SAME_THREAD, Hop.CACHED).map((hop) -> Arguments.of(inner, hop)));
	}

	static Stream<Arguments> blockingWays() {
		return Stream.of(Inner.values()).map((inner) -> Arguments.of(inner, Blocking.ELSEWHERE));
	}

}
