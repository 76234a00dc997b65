// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Auto-configuration: properties, conditions and beans.
 */
@Internal
@NullMarked
package com.llmtrack.spring.autoconfigure;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
