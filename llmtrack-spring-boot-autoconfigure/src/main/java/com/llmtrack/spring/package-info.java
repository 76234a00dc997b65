// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The API for applications: features, customers and costs, usage events and their sinks.
 */
@NullMarked
package com.llmtrack.spring;

import org.jspecify.annotations.NullMarked;
