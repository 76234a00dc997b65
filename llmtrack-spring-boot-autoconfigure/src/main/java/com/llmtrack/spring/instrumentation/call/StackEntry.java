// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.StackWalker.StackFrame;
import java.util.List;

import com.llmtrack.spring.instrumentation.call.ApplicationStack.Code;
import com.llmtrack.spring.instrumentation.internals.SourceMethod;

/**
 * Where a thread came into the part of the application's code that makes a request, and
 * who called it there.
 *
 * @param method the method that was called, or that contains what was called
 * @param caller who called it
 */
record StackEntry(SourceMethod method, Caller caller) {

	/**
	 * Find the entry.
	 * @param frames the stack, from the nearest frame on
	 * @param start the index of a frame in the application's code
	 * @param stack knows whose code it is
	 */
	static StackEntry find(List<StackFrame> frames, int start, ApplicationStack stack) {
		int entry = start;
		Code applications = stack.codeOf(frames.get(start));
		for (int i = start + 1; i < frames.size(); i++) {
			Code code = stack.codeOf(frames.get(i));
			if (code.isApplicationsAs(applications)) {
				entry = i;
			}
			else if (code != Code.JDK && code != Code.GENERATED_OR_OURS) {
				int outer = indexOfSameClass(frames, i, frames.get(entry));
				if (outer < 0) {
					break;
				}
				entry = outer;
				i = outer;
			}
		}
		return new StackEntry(SourceMethod.of(frames.get(entry)),
				Caller.find(frames.subList(entry + 1, frames.size()), stack, true));
	}

	/**
	 * Return where a class is that has called a library, which called it again.
	 */
	private static int indexOfSameClass(List<StackFrame> frames, int start, StackFrame frame) {
		Class<?> type = SourceMethod.of(frame).type();
		for (int i = start; i < frames.size(); i++) {
			if (SourceMethod.of(frames.get(i)).type() == type) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Who calls the application's code.
	 */
	enum Caller {

		/** A thread of its own, or an executor. */
		TASK,

		/** A stream, at once or by way of a library. */
		REACTOR,

		/** Anything else, as a web server or a main method. */
		OTHER;

		/**
		 * Find the caller.
		 * @param frames the stack beyond the application's code
		 * @param stack knows whose code it is
		 * @param directly whether an executor only counts if no library is between
		 */
		static Caller find(List<StackFrame> frames, ApplicationStack stack, boolean directly) {
			boolean mayBeTask = true;
			for (StackFrame frame : frames) {
				Code code = stack.codeOf(frame);
				if (code == Code.REACTOR) {
					return REACTOR;
				}
				if (code == Code.WEB || code.isApplications()) {
					return OTHER;
				}
				if (mayBeTask && code == Code.JDK && startsTasks(frame)) {
					return TASK;
				}
				mayBeTask &= !directly || code != Code.LIBRARY;
			}
			return OTHER;
		}

		private static boolean startsTasks(StackFrame frame) {
			return frame.getClassName().startsWith("java.util.concurrent.")
					|| (Thread.class.isAssignableFrom(frame.getDeclaringClass())
							&& frame.getMethodName().equals("run"));
		}

	}

}
