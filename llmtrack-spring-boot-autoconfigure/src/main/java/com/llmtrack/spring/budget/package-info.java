// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Budgets: what was spent of them, and which requests they refuse.
 */
@Internal
@NullMarked
package com.llmtrack.spring.budget;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
