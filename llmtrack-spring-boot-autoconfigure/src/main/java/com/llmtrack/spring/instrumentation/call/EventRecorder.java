// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.llmtrack.spring.LlmUsageEvent;
import com.llmtrack.spring.LlmUsageEventSink;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests that have ended into events, and hands each to every sink. Those that
 * end before the application is ready wait for it, without prompts and answers. Safe for
 * any thread; never waits and never throws.
 */
final class EventRecorder {

	private static final int MAX_EARLY_REQUESTS = 10_000;

	private static final Log logger = LogFactory.getLog(EventRecorder.class);

	private final BlockingQueue<EndedRequest> earlyRequests = new LinkedBlockingQueue<>(MAX_EARLY_REQUESTS);

	private final ReportedAnswers answers = new ReportedAnswers();

	private final ApplicationBeans beans;

	private final OpenCalls openCalls;

	private final RequestHistory history;

	private final ContainedFailures failures;

	private volatile @Nullable EventFactory factory;

	/**
	 * Create a recorder.
	 * @param beans supplies the sinks, and what decides about events
	 * @param openCalls the calls that have not ended
	 * @param history notes what later questions need
	 * @param failures contains what goes wrong here
	 */
	EventRecorder(ApplicationBeans beans, OpenCalls openCalls, RequestHistory history, ContainedFailures failures) {
		this.beans = beans;
		this.openCalls = openCalls;
		this.history = history;
		this.failures = failures;
	}

	/**
	 * Note that models may answer with what another model answered. From then on answers
	 * are remembered, which is not necessary otherwise.
	 */
	void expectDecorators() {
		this.answers.start();
	}

	/**
	 * Record a call that has ended, unless it only passed its request on or ended outside
	 * of any request, and forget what was asked and answered.
	 */
	void ended(ModelCall call) {
		close(call);
		boolean request = !isPassedOn(call) && call.requests().endLast(call.answer());
		call.forgetContent();
		if (request) {
			remember(call);
			record(call);
		}
	}

	private void remember(ModelCall call) {
		try {
			this.history.add(call);
		}
		catch (Throwable ex) {
			contain(ex);
		}
	}

	/**
	 * Forget a call that has ended without a request.
	 */
	void discarded(ModelCall call) {
		close(call);
		call.forgetContent();
	}

	private void close(ModelCall call) {
		try {
			this.openCalls.ended(call);
		}
		catch (Throwable ex) {
			// The prompt is the application's code
			contain(ex);
		}
	}

	/**
	 * Return whether a call only passed on what another model was asked and answered. A
	 * call whose answer can't be examined is still a request.
	 */
	private boolean isPassedOn(ModelCall call) {
		boolean passedOn = false;
		try {
			passedOn = call.isPassedOn();
			return this.answers.isRepeated(call, passedOn, !this.openCalls.isEmpty()) || passedOn;
		}
		catch (Throwable ex) {
			contain(ex);
			return passedOn;
		}
	}

	/**
	 * Record a request that has ended.
	 */
	void record(EndedRequest request) {
		try {
			if (this.beans.isReady()) {
				send(request);
			}
			else {
				keep(request);
			}
		}
		catch (Throwable ex) {
			contain(ex);
		}
	}

	private void keep(EndedRequest request) {
		if (!this.earlyRequests.offer(request)) {
			logger.warn("A model request was not recorded: more than " + MAX_EARLY_REQUESTS
					+ " of them were made before the application was ready.");
		}
		if (this.beans.isReady()) {
			recordEarlyRequests();
		}
	}

	void recordEarlyRequests() {
		for (EndedRequest request = this.earlyRequests.poll(); request != null; request = this.earlyRequests.poll()) {
			record(request);
		}
	}

	private void send(EndedRequest request) {
		List<LlmUsageEventSink> sinks = this.beans.sinks();
		LlmUsageEvent event = factory().event(request);
		if (event != null) {
			for (LlmUsageEventSink sink : sinks) {
				send(event, sink);
			}
		}
	}

	private void send(LlmUsageEvent event, LlmUsageEventSink sink) {
		try {
			sink.record(event);
		}
		catch (Throwable ex) {
			this.failures.contain(sink, ex, "A model request could not be recorded there");
		}
	}

	private EventFactory factory() {
		EventFactory factory = this.factory;
		if (factory == null) {
			factory = new EventFactory(this.beans, this.failures);
			this.factory = factory;
		}
		return factory;
	}

	void contain(Throwable failure) {
		this.failures.contain(failure);
	}

	/**
	 * Say what is lost if the application never got ready.
	 */
	void close() {
		if (!this.earlyRequests.isEmpty()) {
			logger.warn("The start of the application failed: " + this.earlyRequests.size()
					+ " model requests that it had made are not recorded.");
			this.earlyRequests.clear();
		}
	}

}
