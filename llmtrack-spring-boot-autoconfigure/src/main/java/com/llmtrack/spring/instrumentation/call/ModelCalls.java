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
 * The model calls of an application, until that has ended: begins each, and has each
 * recorded that was a request, once. Runs inside the application's calls, on any thread:
 * nothing here throws, waits or does I/O.
 * <p>
 * What sees requests may outlive the application: a provider's client and a registry of
 * observations do. It refers to the application only through this object, which lets go
 * of everything when the application has ended. A call that is still running keeps what
 * it needs.
 */
public final class ModelCalls {

	private final ContainedFailures failures = new ContainedFailures();

	private volatile @Nullable Application application;

	/**
	 * Create the calls of an application.
	 * @param beans the application's settings and beans
	 */
	public ModelCalls(ApplicationBeans beans) {
		this.application = new Application(beans, new CustomerLookup(beans, this.failures),
				new CallSites(beans, System::nanoTime), new EventRecorder(beans, this.failures));
	}

	/**
	 * Return what to instrument.
	 */
	public InstrumentationSettings settings() {
		Application application = this.application;
		return (application != null) ? application.beans().settings() : new InstrumentationSettings();
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
		Application application = this.application;
		String feature = null;
		LlmCustomer customer = null;
		if (application == null) {
			return new ModelCall(null, model, request, feature, customer);
		}
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
				customer = application.customers().find(context);
				if (!StringUtils.hasText(feature)) {
					application.callSites().add();
				}
			}
		}
		catch (Throwable ex) {
			contain(ex);
		}
		return new ModelCall(application.recorder(), model, request, feature, customer);
	}

	/**
	 * Stand for the assembly of a stream, which is no request: its feature and customer
	 * are not known before it is subscribed to.
	 */
	public ModelCall assembly(CalledModel model) {
		return new ModelCall(model);
	}

	/**
	 * Note that models may answer with what another model answered. From then on answers
	 * are remembered, which is not necessary otherwise.
	 */
	public void expectDecorators() {
		Application application = this.application;
		if (application != null) {
			application.recorder().expectDecorators();
		}
	}

	/**
	 * Record from now on, as the application is ready, and record the early calls.
	 */
	public void open() {
		Application application = this.application;
		if (application != null) {
			application.beans().ready();
			application.recorder().recordEarlyCalls();
		}
	}

	/**
	 * Let go of the application, as it has ended, and say what is lost if it never got
	 * ready.
	 */
	public void close() {
		Application application = this.application;
		this.application = null;
		if (application != null) {
			application.recorder().close();
		}
	}

	/**
	 * Return whether the application has ended, so that nothing is recorded any more.
	 */
	public boolean isClosed() {
		return this.application == null;
	}

	/**
	 * Return the requests without a feature by call site: each had at least so many.
	 */
	public Map<String, Long> callSitesWithoutFeature() {
		Application application = this.application;
		return (application != null) ? application.callSites().counts() : Map.of();
	}

	/**
	 * Keep a failure of our own code from the application.
	 */
	public void contain(Throwable failure) {
		this.failures.contain(failure);
	}

	/**
	 * All that refers to the application.
	 */
	private record Application(ApplicationBeans beans, CustomerLookup customers, CallSites callSites,
			EventRecorder recorder) {
	}

}
