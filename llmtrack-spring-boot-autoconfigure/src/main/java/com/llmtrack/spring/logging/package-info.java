// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Limits repeated log lines.
 */
@Internal
@NullMarked
package com.llmtrack.spring.logging;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
