// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Instrumentation of models: proxies, streams, injection points and observations.
 */
@Internal
@NullMarked
package com.llmtrack.spring.instrumentation.model;

import com.llmtrack.spring.Internal;
import org.jspecify.annotations.NullMarked;
