// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.StackWalker.StackFrame;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.llmtrack.spring.instrumentation.internals.ChatClientAdvisors;
import com.llmtrack.spring.instrumentation.internals.LibraryPackages;
import org.jspecify.annotations.Nullable;

/**
 * The application's code on the stack of the current thread: what is in one of its
 * packages comes before what is not a library's, and advisors of chat clients come last,
 * as they do not ask for the request.
 */
final class ApplicationStack {

	private static final String OURS = "com.llmtrack.spring.";

	private static final String FEATURE_INTERCEPTOR = OURS + "instrumentation.feature.FeatureInterceptor";

	private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

	private static final Code[] CODES = Code.values();

	private final Supplier<Collection<String>> packages;

	/** Numbers, since a class of the JDK would keep a value of our type for ever. */
	private final ClassValue<Integer> codes = new ClassValue<>() {

		@Override
		protected Integer computeValue(Class<?> type) {
			return classify(type).ordinal();
		}

	};

	/**
	 * Create a stack.
	 * @param packages supplies the packages of the application's own code, if known
	 */
	ApplicationStack(Supplier<Collection<String>> packages) {
		this.packages = packages;
	}

	private Code classify(Class<?> type) {
		String name = type.getName();
		if (name.startsWith(OURS) || name.contains("$$")) {
			return Code.GENERATED_OR_OURS;
		}
		boolean own = this.packages.get().stream().anyMatch((ownPackage) -> name.startsWith(ownPackage + "."));
		if (own || !LibraryPackages.contain(name)) {
			boolean advisor = ChatClientAdvisors.contain(type);
			return own ? (advisor ? Code.OWN_ADVISOR : Code.OWN) : (advisor ? Code.OTHER_ADVISOR : Code.OTHER);
		}
		return library(name);
	}

	private static Code library(String name) {
		if (LibraryPackages.areJdks(name)) {
			return Code.JDK;
		}
		if (LibraryPackages.areReactors(name)) {
			return Code.REACTOR;
		}
		return LibraryPackages.areWebs(name) ? Code.WEB : Code.LIBRARY;
	}

	/**
	 * Return whose code a frame is in.
	 */
	Code codeOf(StackFrame frame) {
		return CODES[this.codes.get(frame.getDeclaringClass())];
	}

	/**
	 * Return whether code of the application was called by way of its feature.
	 * @param callers the frames that lead to it, from the nearest one on
	 */
	boolean isUnderItsFeature(List<StackFrame> callers) {
		return callers.stream()
			.takeWhile((frame) -> !codeOf(frame).isApplications())
			.anyMatch((frame) -> frame.getClassName().equals(FEATURE_INTERCEPTOR));
	}

	/**
	 * Return the frame that asks for a request, or {@code null} if there is none.
	 */
	@Nullable StackFrame nearest() {
		// What is around a controller does not ask for the streams that it returns
		return WALKER.walk((frames) -> best(frames, Code.WEB));
	}

	/**
	 * Return the frame that asks for a stream, or {@code null} if the stream is made only
	 * when it is subscribed to.
	 */
	@Nullable StackFrame nearestOfAssembly() {
		return WALKER.walk((frames) -> best(frames, Code.REACTOR));
	}

	/**
	 * Return all frames, from the nearest on.
	 */
	List<StackFrame> frames() {
		return WALKER.walk(Stream::toList);
	}

	private @Nullable StackFrame best(Stream<StackFrame> frames, Code end) {
		Code sufficient = this.packages.get().isEmpty() ? Code.OTHER : Code.OWN;
		StackFrame best = null;
		Code bestCode = end;
		for (Iterator<StackFrame> iterator = frames.iterator(); iterator.hasNext();) {
			StackFrame frame = iterator.next();
			Code code = codeOf(frame);
			if (code == end) {
				return best;
			}
			if (code.isApplications() && code.compareTo(bestCode) < 0) {
				best = frame;
				bestCode = code;
			}
			if (bestCode.compareTo(sufficient) <= 0) {
				return best;
			}
		}
		return best;
	}

	/**
	 * Whose code it is: first the application's, the likeliest to ask first.
	 */
	enum Code {

		OWN, OTHER, OWN_ADVISOR, OTHER_ADVISOR, GENERATED_OR_OURS, JDK, REACTOR, WEB, LIBRARY;

		boolean isApplications() {
			return compareTo(OTHER_ADVISOR) <= 0;
		}

		/**
		 * Return whether it is the application's as surely as other code is.
		 */
		boolean isApplicationsAs(Code other) {
			return isApplications() && (isOwn() || !other.isOwn());
		}

		private boolean isOwn() {
			return this == OWN || this == OWN_ADVISOR;
		}

	}

}
