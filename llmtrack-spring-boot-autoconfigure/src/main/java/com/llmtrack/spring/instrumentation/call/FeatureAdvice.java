// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.List;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmFeature;
import com.llmtrack.spring.instrumentation.call.ApplicationStack.Code;
import com.llmtrack.spring.instrumentation.call.CallSite.Place;
import com.llmtrack.spring.instrumentation.call.StackEntry.Caller;
import com.llmtrack.spring.instrumentation.internals.SourceMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Hooks;

import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * What gives requests a feature that have none, as far as the stack tells why. A sentence
 * without its end.
 */
final class FeatureAdvice {

	private static final String ANNOTATE = "Annotate the method, or one that calls it through a Spring bean, "
			+ "with @LlmFeature(\"…\")";

	private static final String ANNOTATE_STREAM = "Annotate the method that returns the Mono or Flux "
			+ "with @LlmFeature(\"…\")";

	private static final String WRAP_TASK = "wrap the task with LlmContext.current().wrap(…), or its executor with "
			+ "LlmContext.propagating(…)";

	private static final String ANNOTATE_WRAPPED_TASK = "It runs as a task: annotate the method that starts it with "
			+ "@LlmFeature(\"…\")";

	private static final String ANNOTATE_TASK = ANNOTATE_WRAPPED_TASK + ", and " + WRAP_TASK;

	private static final String OPEN_IN_LAMBDA = "It runs outside of the method: use "
			+ "LlmContext.feature(\"…\").run(…) inside it";

	private static final String PROPAGATE = "set spring.reactor.context-propagation=auto";

	private final ApplicationStack stack;

	FeatureAdvice(ApplicationStack stack) {
		this.stack = stack;
	}

	/**
	 * Return what helps where a frame makes requests.
	 * @param frame the frame
	 * @param frames the whole stack, from the nearest frame on
	 * @param stream whether the request is that of a stream, which has a Reactor context
	 */
	String forFrame(StackFrame frame, List<StackFrame> frames, boolean stream) {
		String advice = forAnnotated(frames, stream);
		if (advice != null) {
			return advice;
		}
		StackEntry entry = StackEntry.find(frames, indexOf(frame, frames), this.stack);
		return switch (entry.caller()) {
			case REACTOR -> stream ? ANNOTATE_STREAM : annotateChain();
			case TASK -> annotateTask(frames);
			case OTHER -> (entry.method().isInner() || isInBeanMethod(frame)) ? OPEN_IN_LAMBDA : ANNOTATE;
		};
	}

	/**
	 * Return whether it is the lambda that a {@code @Bean} method returns, such as a
	 * {@code CommandLineRunner}.
	 */
	private static boolean isInBeanMethod(StackFrame frame) {
		SourceMethod method = SourceMethod.of(frame);
		return method.isInner() && method.candidates()
			.stream()
			.anyMatch((candidate) -> AnnotatedElementUtils.hasAnnotation(candidate, Bean.class));
	}

	/**
	 * Return what helps where the stack has no application code.
	 * @param frames the whole stack, from the nearest frame on
	 */
	String withoutFrame(List<StackFrame> frames) {
		return switch (Caller.find(frames, this.stack, false)) {
			case REACTOR -> annotateChain();
			case TASK -> annotateTask(frames);
			case OTHER -> ANNOTATE;
		};
	}

	/**
	 * Return what helps where a framework subscribes to a stream, and the stack has no
	 * application code.
	 */
	String forStreamWithoutFrame() {
		return ANNOTATE_STREAM;
	}

	/**
	 * Return what helps where a framework subscribes to the stream of a controller.
	 * @param handler the method of the controller
	 */
	String forHandler(Method handler) {
		return isAnnotated(handler) ? notCalledThroughProxy(nameOf(handler.getDeclaringClass(), handler.getName()))
				: ANNOTATE;
	}

	private static String annotateChain() {
		return ANNOTATE_STREAM + (isPropagating() ? "" : " and " + PROPAGATE);
	}

	private static String annotateTask(List<StackFrame> frames) {
		return isWrappedTask(frames) ? ANNOTATE_WRAPPED_TASK : ANNOTATE_TASK;
	}

	/**
	 * Return whether the task has the context of the thread that started it. Then that
	 * thread had no feature. Executors that propagate it are Micrometer's.
	 */
	private static boolean isWrappedTask(List<StackFrame> frames) {
		return frames.stream().anyMatch((frame) -> {
			String type = frame.getClassName();
			return (type.equals(LlmContext.class.getName()) && frame.getMethodName().startsWith("lambda$wrap"))
					|| type.startsWith("io.micrometer.context.");
		});
	}

	private static boolean isPropagating() {
		try {
			return Hooks.isAutomaticContextPropagationEnabled();
		}
		catch (LinkageError ex) {
			// Reactor tells it since 3.7.12, which Spring Boot has since 3.5.7
			return false;
		}
	}

	/**
	 * Return what helps if an annotation has no effect here, or {@code null} if there is
	 * none. The outermost annotation should have had one.
	 */
	private @Nullable String forAnnotated(List<StackFrame> frames, boolean stream) {
		for (int i = frames.size() - 1; i >= 0; i--) {
			if (this.stack.codeOf(frames.get(i)).isApplications()) {
				SourceMethod method = SourceMethod.of(frames.get(i));
				List<Method> candidates = method.candidates();
				if (!candidates.isEmpty() && candidates.stream().allMatch(FeatureAdvice::isAnnotated)) {
					List<StackFrame> callers = frames.subList(i + 1, frames.size());
					if (this.stack.isUnderItsFeature(callers)) {
						return nameOf(method)
								+ " is annotated, but with a blank name, or a scope without a feature is open "
								+ "inside it";
					}
					return isSelfCall(method, candidates, callers)
							? nameOf(method) + " is annotated, but was called by its own bean, not through Spring's "
									+ "proxy: move it to another bean, or use LlmContext.feature(\"…\").run(…)"
							: forAnnotated(method, StackEntry.find(frames, i, this.stack), callers, stream);
				}
			}
		}
		return null;
	}

	private static boolean isAnnotated(Method method) {
		return isAnnotatedItself(method)
				|| AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), LlmFeature.class);
	}

	private static boolean isAnnotatedItself(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, LlmFeature.class);
	}

	/**
	 * Return whether the method's own object has called it: another class of the
	 * application, or a library, would have called the proxy.
	 */
	private boolean isSelfCall(SourceMethod method, List<Method> candidates, List<StackFrame> callers) {
		if (method.isInner() || !candidates.stream().allMatch(FeatureAdvice::isAnnotatedItself)) {
			return false;
		}
		for (StackFrame caller : callers) {
			if (this.stack.codeOf(caller) != Code.JDK) {
				Class<?> type = SourceMethod.of(caller).type();
				return this.stack.codeOf(caller).isApplications()
						&& (type.isAssignableFrom(method.type()) || method.type().isAssignableFrom(type));
			}
		}
		return false;
	}

	private static String forAnnotated(SourceMethod method, StackEntry entry, List<StackFrame> callers,
			boolean stream) {
		String name = nameOf(method);
		if (entry.caller() == Caller.REACTOR && (stream || !isPropagating())) {
			return name + " is annotated, but the request is made on another thread: "
					+ (stream ? "wrap the stream with LlmContext.current().wrap(…)" : PROPAGATE);
		}
		if (entry.caller() == Caller.TASK && !isWrappedTask(callers)) {
			return name + " is annotated, but the request is made on another thread: " + WRAP_TASK;
		}
		return (entry.method().isInner() && entry.caller() != Caller.TASK)
				? name + " is annotated, but the request is made outside of it: consume results in the method, "
						+ "and wrap tasks with LlmContext.current().wrap(…)"
				: notCalledThroughProxy(name);
	}

	private static String notCalledThroughProxy(String name) {
		return name + " is annotated, but was not called through Spring's proxy: that needs a bean whose class is not "
				+ "final; or use LlmContext.feature(\"…\").run(…)";
	}

	private static String nameOf(SourceMethod method) {
		return nameOf(method.type(), method.name());
	}

	private static String nameOf(Class<?> type, String method) {
		return ClassUtils.getShortName(type) + "." + method;
	}

	private static int indexOf(StackFrame frame, List<StackFrame> frames) {
		Place place = Place.of(frame);
		for (int i = 0; i < frames.size(); i++) {
			if (Place.of(frames.get(i)).equals(place)) {
				return i;
			}
		}
		return 0;
	}

}
