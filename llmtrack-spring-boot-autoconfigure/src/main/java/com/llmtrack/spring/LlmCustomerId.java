// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the customer for whom a method of a Spring bean works, by an argument of the
 * method. Every model request made while the method runs, or while the {@code Mono} or
 * {@code Flux} that it returned is subscribed to, is recorded for that customer.
 * <p>
 * The argument is an id (a text, a number, a {@code UUID} or another simple value), an
 * {@link LlmCustomer}, an {@code Optional} of such, or an object whose property is one:
 *
 * <pre class="code">
 * &#064;LlmFeature("support-chat")
 * String answer(&#064;LlmCustomerId String customer, String question)
 *
 * void remind(&#064;LlmCustomerId(expression = "account?.number") Invoice invoice)
 * </pre>
 *
 * If it is {@code null} or blank, the customer is that of the caller, or the one that an
 * {@link LlmCustomerResolver} tells. As with all of Spring AOP, the annotation has no
 * effect on calls that a bean makes to itself, or on beans of a final class.
 *
 * @since 0.1.0
 * @see LlmContext
 */
@Documented
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface LlmCustomerId {

	/**
	 * An expression in Spring's expression language that finds the customer in the
	 * argument. Parsed once. A property of {@code null} is an error, so that
	 * {@code account?.number} is for accounts that may be {@code null}.
	 * @return the expression, or nothing for the argument itself
	 */
	String expression() default "";

}
