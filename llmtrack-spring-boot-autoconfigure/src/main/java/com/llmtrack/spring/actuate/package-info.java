// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Actuator support: metrics, health, endpoint and info.
 */
@Internal
@NullMarked
package com.llmtrack.spring.actuate;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
