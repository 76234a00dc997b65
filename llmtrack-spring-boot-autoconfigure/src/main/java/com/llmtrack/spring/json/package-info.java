// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * JSON, with the library that the application has: Jackson 3, or another one that a
 * module for an older line of Spring Boot brings.
 */
@Internal
@NullMarked
package com.llmtrack.spring.json;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
