// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.LlmUsageEventBuilder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * Where failures of the application's own contributions to events end. Each contributor's
 * first one is logged at WARN, all others at DEBUG. The message is only that of a rule
 * which an event broke; any other could quote a prompt.
 */
final class ContributorFailures {

	private static final String ASSERT = Assert.class.getName();

	private static final Set<String> RULES = Set.of("com.llmtrack.spring.EventMetadata",
			LlmUsageEventBuilder.class.getName(), LlmCustomer.class.getName(), LlmTokenUsage.class.getName());

	private static final Log logger = LogFactory.getLog(ContributorFailures.class);

	private final Set<Class<?>> reported = ConcurrentHashMap.newKeySet();

	void contain(Object contributor, Throwable failure, String consequence) {
		try {
			boolean first = this.reported.add(contributor.getClass());
			if (first || logger.isDebugEnabled()) {
				log(contributor.getClass().getName() + " failed: " + describe(failure) + ". " + consequence + ".",
						first);
			}
		}
		catch (Throwable ex) {
			// An appender that throws must not reach the application either
		}
	}

	private static void log(String message, boolean first) {
		if (first) {
			logger.warn(message + " Further failures of it are logged at DEBUG.");
		}
		else {
			logger.debug(message);
		}
	}

	private static String describe(Throwable failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		String place = (trace.length > 0) ? " at " + trace[0] : "";
		return failure.getClass().getName() + (isRule(failure, trace) ? " (" + failure.getMessage() + ")" : place);
	}

	/**
	 * Return whether a failure is that of an assertion of an event. The application may
	 * use the same class for assertions of its own.
	 */
	private static boolean isRule(Throwable failure, StackTraceElement[] trace) {
		return failure instanceof IllegalArgumentException && trace.length > 0 && trace[0].getClassName().equals(ASSERT)
				&& Stream.of(trace)
					.map(StackTraceElement::getClassName)
					.filter((name) -> !name.equals(ASSERT))
					.findFirst()
					.filter(RULES::contains)
					.isPresent();
	}

}
