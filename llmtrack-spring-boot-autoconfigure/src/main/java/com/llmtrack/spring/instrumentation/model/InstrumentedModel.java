// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.model;

/**
 * A model bean and how it is instrumented.
 *
 * @param bean name of the bean
 * @param type name of its class
 * @param instrumented whether its requests are recorded
 * @param mode how it is instrumented, in plain words
 */
public record InstrumentedModel(String bean, String type, boolean instrumented, String mode) {

}
