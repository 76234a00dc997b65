// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Storage of pending events in a database.
 */
@Internal
@NullMarked
package com.llmtrack.spring.delivery.jdbc;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
