// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What requests cost, by prices per token.
 */
@Internal
@NullMarked
package com.llmtrack.spring.pricing;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
