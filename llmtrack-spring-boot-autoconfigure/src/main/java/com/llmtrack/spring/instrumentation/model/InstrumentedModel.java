// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

/**
 * A model bean and how its requests are seen.
 *
 * @param bean name of the bean
 * @param type name of its class
 * @param tracked whether its requests are to be tracked
 * @param coverage how its requests are seen, in plain words
 * @since 0.1.0
 */
public record InstrumentedModel(String bean, String type, boolean tracked, String coverage) {
}
