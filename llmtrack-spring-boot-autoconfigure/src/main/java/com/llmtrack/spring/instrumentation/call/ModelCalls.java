// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Map;

import com.llmtrack.spring.LlmCustomer;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.model.ModelRequest;
import org.springframework.util.StringUtils;

/**
 * The model calls of an application: begins each, and records each that was a request,
 * once. Runs inside the application's calls, on any thread: nothing here throws, waits or
 * does I/O.
 */
public final class ModelCalls {

	private final ApplicationBeans beans;

	private final ContainedFailures failures = new ContainedFailures();

	private final CustomerLookup customers;

	private final CallSites callSites;

	private final ReportedAnswers answers = new ReportedAnswers();

	private final EventRecorder recorder;

	private volatile boolean closed;

	/**
	 * Create the calls of an application.
	 * @param beans the application's settings and beans
	 */
	public ModelCalls(ApplicationBeans beans) {
		this.beans = beans;
		this.customers = new CustomerLookup(beans, this.failures);
		this.callSites = new CallSites(beans, System::nanoTime);
		this.recorder = new EventRecorder(beans, this.failures);
	}

	/**
	 * Begin a call on the thread that makes it.
	 */
	public ModelCall begin(CalledModel model, @Nullable ModelRequest<?> request) {
		return begin(model, request, null, null);
	}

	/**
	 * Begin a stream when it is subscribed to.
	 * @param model the model
	 * @param request the request, if known
	 * @param context the Reactor context of the subscriber
	 * @param assemblyFeature the feature of the method that asked for the stream, if any
	 */
	public ModelCall begin(CalledModel model, @Nullable ModelRequest<?> request, @Nullable ContextView context,
			@Nullable String assemblyFeature) {
		String feature = null;
		LlmCustomer customer = null;
		try {
			ModelCall outer = (context != null) ? context.getOrDefault(ModelCall.class, ModelCall.current())
					: ModelCall.current();
			if (outer != null) {
				outer.surround(model);
			}
			feature = (context != null) ? FeatureLookup.find(outer, context, assemblyFeature)
					: FeatureLookup.find(outer);
			if (outer != null && !outer.isAssembly()) {
				customer = outer.customer();
			}
			else {
				customer = this.customers.find(context);
				if (!StringUtils.hasText(feature)) {
					this.callSites.add();
				}
			}
		}
		catch (Throwable ex) {
			contain(ex);
		}
		return new ModelCall(this, model, request, feature, customer);
	}

	/**
	 * Stand for the assembly of a stream, which is no request: its feature and customer
	 * are not known before it is subscribed to.
	 */
	public ModelCall assembly(CalledModel model) {
		return new ModelCall(this, model);
	}

	/**
	 * Record a call that has ended, unless it only passed its request on.
	 */
	void ended(ModelCall call) {
		try {
			if (!isPassedOn(call)) {
				this.recorder.record(call);
			}
		}
		catch (Throwable ex) {
			contain(ex);
		}
	}

	/**
	 * Return whether a call only passed on what another model was asked and answered. A
	 * call whose answer can't be examined is still a request.
	 */
	private boolean isPassedOn(ModelCall call) {
		try {
			return this.answers.isRepeated(call) || call.isDelegated();
		}
		catch (Throwable ex) {
			contain(ex);
			return call.isDelegated();
		}
	}

	/**
	 * Note that models may answer with what another model answered. From then on answers
	 * are remembered, which is not necessary otherwise.
	 */
	public void expectDecorators() {
		this.answers.start();
	}

	/**
	 * Record from now on, as the application is ready, and record the early calls.
	 */
	public void open() {
		this.beans.ready();
		this.recorder.recordEarlyCalls();
	}

	/**
	 * Note that the application has ended, and say what is lost if it never got ready.
	 */
	public void close() {
		this.closed = true;
		this.recorder.close();
	}

	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * Return the requests without a feature by call site: each had at least so many.
	 */
	public Map<String, Long> callSitesWithoutFeature() {
		return this.callSites.counts();
	}

	/**
	 * Keep a failure of our own code from the application.
	 */
	public void contain(Throwable failure) {
		this.failures.contain(failure);
	}

}
