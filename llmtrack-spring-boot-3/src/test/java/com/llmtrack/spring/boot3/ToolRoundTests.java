// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.boot3;

/**
 * Tests in an application whose models are observed, as with Spring Boot's Actuator.
 */
class ToolRoundTests extends AbstractToolRoundTests {

}
