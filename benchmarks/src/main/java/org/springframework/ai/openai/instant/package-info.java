// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A model in a package of Spring AI, so that it is instrumented like Spring AI's own.
 */
@NullMarked
package org.springframework.ai.openai.instant;

import org.jspecify.annotations.NullMarked;
