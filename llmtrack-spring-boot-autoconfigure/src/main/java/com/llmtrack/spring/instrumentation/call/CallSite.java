// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import com.llmtrack.spring.instrumentation.internals.SourceMethod;

/**
 * A place in the application's code that makes requests without a feature. Safe for any
 * thread.
 */
final class CallSite {

	private final String name;

	private final String advice;

	private final LongAdder requests = new LongAdder();

	private final AtomicBoolean reported = new AtomicBoolean();

	/**
	 * Create a call site.
	 * @param name what the place is called in the log
	 * @param advice what gives its requests a feature
	 */
	CallSite(String name, String advice) {
		this.name = name;
		this.advice = advice;
	}

	static String nameOf(StackFrame frame) {
		SourceMethod method = SourceMethod.of(frame);
		return method.type().getName() + "." + method.name() + "(" + frame.getFileName() + ":" + frame.getLineNumber()
				+ ")";
	}

	static String nameOf(Method method) {
		return method.getDeclaringClass().getName() + "." + method.getName() + "(…)";
	}

	String name() {
		return this.name;
	}

	String advice() {
		return this.advice;
	}

	long requests() {
		return this.requests.sum();
	}

	/**
	 * Count a request.
	 * @return whether it is the first one
	 */
	boolean count() {
		this.requests.increment();
		return !this.reported.get() && this.reported.compareAndSet(false, true);
	}

	/**
	 * A place as the stack tells it without effort: the line number and the texts are
	 * only found for a new one.
	 *
	 * @param className the name of the class
	 * @param methodName the name of the method
	 * @param index the position in the method's code
	 */
	record Place(String className, String methodName, int index) {

		static Place of(StackFrame frame) {
			return new Place(frame.getClassName(), frame.getMethodName(), frame.getByteCodeIndex());
		}

		static Place of(Method method) {
			return new Place(method.getDeclaringClass().getName(), method.getName(), -1);
		}

		/**
		 * A place that is unknown, of which only the reason is known.
		 */
		static Place unknown(String advice) {
			return new Place("", advice, -1);
		}

	}

}
