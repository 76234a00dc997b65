// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an application touches: the feature annotation and its context, the usage event,
 * and the port that takes events.
 */
@NullMarked
package com.llmtrack.spring;

import org.jspecify.annotations.NullMarked;
