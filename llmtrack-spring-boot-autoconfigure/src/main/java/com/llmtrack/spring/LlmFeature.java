// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Names the feature for which the annotated code uses language models. Every model
 * request made while an annotated method of a Spring bean runs, or while the {@code Mono}
 * or {@code Flux} that it returned is subscribed to, is recorded under that feature.
 * <p>
 * The nearest annotation wins: a method's over its class's, an inner call's over an outer
 * one's. As with all of Spring AOP, it has no effect on calls that a bean makes to
 * itself, or on beans of a final class.
 *
 * @since 0.1.0
 * @see LlmContext
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Reflective
public @interface LlmFeature {

	/**
	 * Name of the feature in LLMtrack: 1 to 200 characters, without surrounding white
	 * space. A blank name counts as no feature.
	 * @return the name of the feature
	 */
	String value();

}
