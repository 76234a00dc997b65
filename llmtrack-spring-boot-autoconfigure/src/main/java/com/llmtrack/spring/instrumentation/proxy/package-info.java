// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which beans may be proxied, and how.
 */
@NullMarked
package com.llmtrack.spring.instrumentation.proxy;

import org.jspecify.annotations.NullMarked;
