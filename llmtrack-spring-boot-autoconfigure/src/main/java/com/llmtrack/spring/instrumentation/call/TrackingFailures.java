// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Where failures of the tracking itself end, so that the application's own call goes on
 * as if nothing had happened. The first one is logged at WARN, all others at DEBUG; never
 * with the exception's message, which could quote a prompt.
 */
final class TrackingFailures {

	private static final Log logger = LogFactory.getLog(TrackingFailures.class);

	private final AtomicBoolean reported = new AtomicBoolean();

	void contain(Throwable failure) {
		try {
			if (this.reported.compareAndSet(false, true)) {
				logger.warn("A model request could not be tracked: " + describe(failure)
						+ ". The request itself is not affected. Please report this to LLMtrack; "
						+ "further failures are logged at DEBUG.");
			}
			else if (logger.isDebugEnabled()) {
				logger.debug("A model request could not be tracked: " + describe(failure));
			}
		}
		catch (Throwable ex) {
			// An appender that throws must not reach the application either
		}
	}

	private static String describe(Throwable failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		return failure.getClass().getName() + ((trace.length > 0) ? " at " + trace[0] : "");
	}

}
