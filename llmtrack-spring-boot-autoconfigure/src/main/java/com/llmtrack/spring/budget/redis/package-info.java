// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Accounts of budgets in Redis, which all instances of an application share.
 */
@Internal
@NullMarked
package com.llmtrack.spring.budget.redis;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
