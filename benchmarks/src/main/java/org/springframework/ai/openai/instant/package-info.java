// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Stands for Spring AI's own models.
 */
@NullMarked
package org.springframework.ai.openai.instant;

import org.jspecify.annotations.NullMarked;
