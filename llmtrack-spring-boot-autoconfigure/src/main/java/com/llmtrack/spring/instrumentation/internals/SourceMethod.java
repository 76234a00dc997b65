// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.internals;

import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The method in the source code that a stack frame is in. Compilers move the body of a
 * lambda to a method, or to a class, of its own.
 *
 * @param type the class that declares the method
 * @param name the name of the method
 * @param parameters its parameters, or {@code null} if they are unknown, as the frame is
 * in code that the method only contains, as a lambda
 */
public record SourceMethod(Class<?> type, String name, @Nullable MethodType parameters) {

	/** Those of Java, and of Kotlin. */
	private static final List<Pattern> LAMBDAS = List.of(Pattern.compile("lambda\\$(.+)\\$\\d+"),
			Pattern.compile("(.+?)\\$lambda[$-]\\d.*"));

	private static final String KOTLIN_DEFAULTS = "$default";

	/**
	 * Return the method of a frame that retains its class.
	 */
	public static SourceMethod of(StackFrame frame) {
		Method enclosing = outermost(frame.getDeclaringClass());
		if (enclosing != null) {
			return new SourceMethod(enclosing.getDeclaringClass(), withoutLambda(enclosing.getName()), null);
		}
		String name = withoutLambda(frame.getMethodName());
		return new SourceMethod(frame.getDeclaringClass(), name,
				name.equals(frame.getMethodName()) ? frame.getMethodType() : null);
	}

	/**
	 * Return the method that contains a class, or {@code null} if none does.
	 */
	private static @Nullable Method outermost(Class<?> type) {
		try {
			Method enclosing = type.getEnclosingMethod();
			Method outermost = (enclosing != null) ? outermost(enclosing.getDeclaringClass()) : null;
			return (outermost != null) ? outermost : enclosing;
		}
		catch (LinkageError ex) {
			// A signature names a class of an optional library
			return null;
		}
	}

	private static String withoutLambda(String name) {
		for (Pattern lambda : LAMBDAS) {
			Matcher matcher = lambda.matcher(name);
			if (matcher.matches()) {
				return matcher.group(1);
			}
		}
		return name.endsWith(KOTLIN_DEFAULTS) ? name.substring(0, name.length() - KOTLIN_DEFAULTS.length()) : name;
	}

	/**
	 * Return whether the frame is in code that the method only contains, which may run
	 * after the method has returned.
	 */
	public boolean isInner() {
		return this.parameters == null;
	}

	/**
	 * Return the methods that this one may be: several, if it is not known which one of
	 * that name contains the code.
	 */
	public List<Method> candidates() {
		try {
			return Stream.of(this.type.getDeclaredMethods())
				.filter((method) -> !method.isSynthetic() && method.getName().equals(this.name)
						&& hasParameters(method))
				.toList();
		}
		catch (LinkageError ex) {
			return List.of();
		}
	}

	private boolean hasParameters(Method method) {
		return this.parameters == null || Arrays.equals(this.parameters.parameterArray(), method.getParameterTypes());
	}

}
