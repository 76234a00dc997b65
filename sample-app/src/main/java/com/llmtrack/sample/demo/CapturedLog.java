// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.sample.demo;

import java.time.Instant;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import jakarta.annotation.PreDestroy;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.stereotype.Component;

/**
 * The latest log lines of the starter, without those of the stand-in for LLMtrack, which
 * applications do not have.
 */
@Component
class CapturedLog extends AppenderBase<ILoggingEvent> {

	private static final int HISTORY = 100;

	private static final String STARTER = "com.llmtrack.spring";

	private static final String STAND_IN = "com.llmtrack.spring.test";

	private final Sinks.Many<Line> latest = Sinks.many().replay().limit(HISTORY);

	CapturedLog() {
		if (LoggerFactory.getLogger(STARTER) instanceof Logger logger) {
			setContext(logger.getLoggerContext());
			start();
			logger.addAppender(this);
		}
	}

	/**
	 * Called by one thread at a time, as all appenders are.
	 */
	@Override
	protected void append(ILoggingEvent event) {
		if (!event.getLoggerName().startsWith(STAND_IN)) {
			this.latest
				.tryEmitNext(new Line(event.getInstant(), event.getLevel().toString(), event.getFormattedMessage()));
		}
	}

	/**
	 * Return the latest lines, and those that follow.
	 */
	Flux<Line> lines() {
		return this.latest.asFlux();
	}

	@PreDestroy
	void detach() {
		if (LoggerFactory.getLogger(STARTER) instanceof Logger logger) {
			logger.detachAppender(this);
		}
		stop();
	}

	/**
	 * A line of the log.
	 *
	 * @param time when it was logged
	 * @param level its level, such as {@code WARN}
	 * @param message the text
	 */
	record Line(Instant time, String level, String message) {
	}

}
