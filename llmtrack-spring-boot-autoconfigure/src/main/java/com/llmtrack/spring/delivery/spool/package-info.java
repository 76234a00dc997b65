// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Storage of pending events on disk.
 */
@Internal
@NullMarked
package com.llmtrack.spring.delivery.spool;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
