// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.InvalidUsageEventException;
import com.llmtrack.spring.logging.LogOnce;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps failures from the application, whose own call goes on as if nothing had happened.
 * The first failure of a kind is logged at WARN, all others at DEBUG. Messages are not
 * logged, since they could quote a prompt, except for those of our own exception.
 */
final class ContainedFailures {

	private static final Log logger = LogFactory.getLog(ContainedFailures.class);

	private final LogOnce warnings = LogOnce.forever();

	/**
	 * Contain a failure of our own code.
	 */
	void contain(Throwable failure) {
		try {
			log(ContainedFailures.class.getName(), "A model request could not be recorded: " + describe(failure)
					+ ". The request itself is not affected. Please report this to LLMtrack; further failures are logged at DEBUG.");
		}
		catch (Throwable ex) {
			// An appender that throws must not reach the application either
		}
	}

	/**
	 * Contain a failure of the question whether a request may be made.
	 */
	void containQuestion(Throwable failure) {
		try {
			log(RequestGate.class.getName(), "Budgets could not be asked about a model request: " + describe(failure)
					+ ". The request is made. Please report this to LLMtrack; further failures are logged at DEBUG.");
		}
		catch (Throwable ex) {
			// Likewise
		}
	}

	/**
	 * Contain a failure of one of the application's beans.
	 */
	void contain(Object bean, Throwable failure, String consequence) {
		try {
			log(bean.getClass().getName(), bean.getClass().getName() + " failed: " + describe(failure) + ". "
					+ consequence + ". Further failures of it are logged at DEBUG.");
		}
		catch (Throwable ex) {
			// Likewise
		}
	}

	private void log(String kind, String message) {
		if (this.warnings.isDue(kind)) {
			logger.warn(message);
		}
		else {
			logger.debug(message);
		}
	}

	private static String describe(Throwable failure) {
		if (failure instanceof InvalidUsageEventException) {
			return failure.getClass().getName() + " (" + failure.getMessage() + ")";
		}
		StackTraceElement[] trace = failure.getStackTrace();
		return failure.getClass().getName() + ((trace.length > 0) ? " at " + trace[0] : "");
	}

}
