// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.feature;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmCustomerId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.NativeDetector;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * The parameter of a method that tells the customer, see {@link LlmCustomerId}. What it
 * can't find a customer in is reported once for each method. Safe for any thread.
 */
final class CustomerParameter {

	private static final Log logger = LogFactory.getLog(CustomerParameter.class);

	private final AtomicBoolean reported = new AtomicBoolean();

	// Remembers classes of the application, so not shared with any that outlives it
	private final EvaluationContext evaluation = SimpleEvaluationContext.forReadOnlyDataBinding().build();

	private final int index;

	private final @Nullable Expression expression;

	private final String place;

	private CustomerParameter(int index, @Nullable Expression expression, String place) {
		this.index = index;
		this.expression = expression;
		this.place = place;
	}

	/**
	 * Return the parameter of a method that tells the customer, or {@code null} if there
	 * is none.
	 * @param method the method, whose annotations may be those of an interface
	 * @param place the name of the method
	 */
	static @Nullable CustomerParameter of(Method method, String place) {
		if (method.getParameterCount() == 0) {
			return null;
		}
		for (MethodParameter parameter : new AnnotatedMethod(method).getMethodParameters()) {
			MergedAnnotation<LlmCustomerId> annotation = MergedAnnotations.from(parameter.getParameterAnnotations())
				.get(LlmCustomerId.class);
			if (annotation.isPresent()) {
				return of(parameter, annotation.getString("expression"), place);
			}
		}
		return null;
	}

	private static @Nullable CustomerParameter of(MethodParameter parameter, String expression, String place) {
		int index = parameter.getParameterIndex();
		if (expression.isBlank()) {
			return new CustomerParameter(index, null, place);
		}
		try {
			return new CustomerParameter(index, parser(parameter).parseExpression(expression), place);
		}
		catch (ParseException ex) {
			logger.warn(problem(place, "can't be parsed: " + ex.getMessage()));
			return null;
		}
	}

	private static SpelExpressionParser parser(MethodParameter parameter) {
		SpelCompilerMode mode = NativeDetector.inNativeImage() ? SpelCompilerMode.OFF : SpelCompilerMode.MIXED;
		return new SpelExpressionParser(
				new SpelParserConfiguration(mode, parameter.getContainingClass().getClassLoader()));
	}

	/**
	 * Add the customer that the arguments of a call tell, if they do.
	 */
	LlmContext addTo(LlmContext context, @Nullable Object[] arguments) {
		Object argument = arguments[this.index];
		try {
			Object value = (this.expression != null && argument != null)
					? this.expression.getValue(this.evaluation, argument) : argument;
			return put((value instanceof Optional<?> optional) ? optional.orElse(null) : value, context);
		}
		catch (RuntimeException | LinkageError ex) {
			// The message may quote the argument
			report("failed: " + ex.getClass().getName());
			return context;
		}
	}

	private LlmContext put(@Nullable Object value, LlmContext context) {
		if (value == null) {
			return context;
		}
		if (value instanceof LlmCustomer customer) {
			return context.with(customer);
		}
		if (!BeanUtils.isSimpleValueType(value.getClass()) && !(value instanceof CharSequence)) {
			report("finds an object of " + value.getClass().getName());
			return context;
		}
		String id = value.toString();
		return id.isBlank() ? context : context.andCustomer(id);
	}

	private void report(String problem) {
		if (this.reported.compareAndSet(false, true)) {
			logger.warn(problem(this.place, problem));
		}
	}

	private static String problem(String place, String problem) {
		return "@LlmCustomerId on a parameter of " + place + " " + problem
				+ ". Have it find a text, a number or another simple value, as in "
				+ "@LlmCustomerId(expression = \"account?.number\"). Until then, requests go without its customer.";
	}

}
