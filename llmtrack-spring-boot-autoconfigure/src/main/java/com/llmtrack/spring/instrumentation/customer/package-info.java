// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where customers come from that nobody names in code: the authenticated user, a logging
 * key, or a request header.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.customer;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
