// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What files that the starter writes have in common.
 */
@Internal
@NullMarked
package com.llmtrack.spring.files;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
