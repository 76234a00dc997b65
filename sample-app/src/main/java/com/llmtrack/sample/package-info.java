// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The sample: an application that uses Spring AI and shows the cost of each feature in
 * LLMtrack.
 */
@NullMarked
package com.llmtrack.sample;

import org.jspecify.annotations.NullMarked;
