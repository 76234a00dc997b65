// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What is special to Spring Boot 3.5 and Spring AI 1.1: implementations of ports of the
 * auto-configuration, which knows none of them. To be deleted with that line.
 */
@Internal
@NullMarked
package com.llmtrack.spring.boot3;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
