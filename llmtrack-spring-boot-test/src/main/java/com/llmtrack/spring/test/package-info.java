// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Test support for applications: events in memory, and a server that stands in for
 * LLMtrack.
 */
@NullMarked
package com.llmtrack.spring.test;

import org.jspecify.annotations.NullMarked;
