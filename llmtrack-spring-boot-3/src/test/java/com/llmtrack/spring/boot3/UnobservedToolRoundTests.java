// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

import org.springframework.test.context.TestPropertySource;

/**
 * Tests in an application without a registry of observations.
 */
@TestPropertySource(properties = "spring.autoconfigure.exclude="
		+ "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration")
class UnobservedToolRoundTests extends ToolRoundTests {

}
