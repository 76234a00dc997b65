// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Decides which beans can be proxied, and creates the proxies.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.proxy;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
