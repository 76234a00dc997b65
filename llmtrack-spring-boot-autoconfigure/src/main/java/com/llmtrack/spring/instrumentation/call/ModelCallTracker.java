// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestStatus;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.model.ModelRequest;
import org.springframework.util.StringUtils;

/**
 * Follows model calls and records each that was a request, once. Runs inside the
 * application's calls and on any of its threads, so that nothing here throws, waits or
 * does I/O.
 */
public final class ModelCallTracker {

	private static final ThreadLocal<@Nullable ModelCall> CURRENT = new ThreadLocal<>();

	private final EventRecorder recorder;

	private final CustomerLookup customers;

	private final MissingFeatures missingFeatures;

	private final ReportedAnswers answers = new ReportedAnswers();

	private final TrackingFailures failures;

	/**
	 * Create a tracker.
	 * @param recorder takes the calls that were requests
	 * @param customers knows whom a request is made for
	 * @param missingFeatures is told of requests without a feature, on the thread that
	 * makes them
	 */
	public ModelCallTracker(EventRecorder recorder, CustomerLookup customers, MissingFeatures missingFeatures) {
		this.recorder = recorder;
		this.failures = recorder.failures();
		this.customers = customers;
		this.missingFeatures = missingFeatures;
	}

	/**
	 * Return the call that the thread is in.
	 */
	public static @Nullable ModelCall current() {
		return CURRENT.get();
	}

	/**
	 * Make a call the thread's current one.
	 * @return the one that was current before
	 */
	public static @Nullable ModelCall enter(@Nullable ModelCall call) {
		ModelCall previous = CURRENT.get();
		if (call != null) {
			CURRENT.set(call);
		}
		else {
			CURRENT.remove();
		}
		return previous;
	}

	/**
	 * Begin a call on the thread that makes it.
	 */
	public ModelCall begin(CalledModel model, @Nullable ModelRequest<?> request) {
		ModelCall outer = CURRENT.get();
		return begin(outer, model, request, FeatureLookup.find(outer), null);
	}

	/**
	 * Begin a stream, when it is subscribed to.
	 */
	public ModelCall begin(CalledModel model, @Nullable ModelRequest<?> request, ContextView context,
			@Nullable String assemblyFeature) {
		ModelCall outer = context.getOrDefault(ModelCall.class, CURRENT.get());
		return begin(outer, model, request, FeatureLookup.find(outer, context, assemblyFeature), context);
	}

	private ModelCall begin(@Nullable ModelCall outer, CalledModel model, @Nullable ModelRequest<?> request,
			@Nullable String feature, @Nullable ContextView context) {
		ModelCall enclosing = (outer != null && !outer.isAssembly()) ? outer : null;
		LlmCustomer customer = (enclosing != null) ? enclosing.customer() : customer(context);
		if (enclosing == null && !StringUtils.hasText(feature)) {
			missFeature();
		}
		return new ModelCall(outer, model, request, feature, customer);
	}

	private @Nullable LlmCustomer customer(@Nullable ContextView context) {
		try {
			return this.customers.find(context);
		}
		catch (Throwable ex) {
			contain(ex);
			return null;
		}
	}

	private void missFeature() {
		try {
			this.missingFeatures.add();
		}
		catch (Throwable ex) {
			contain(ex);
		}
	}

	/**
	 * Note that models may answer with what another model answered. From then on answers
	 * are remembered, for which there is no need otherwise.
	 */
	public void expectDecorators() {
		this.answers.start();
	}

	public void observe(ModelCall call, @Nullable Object answer) {
		try {
			call.observe(answer);
		}
		catch (Throwable ex) {
			contain(ex);
		}
	}

	/**
	 * End a call and record it, unless it has ended before or only passed on what another
	 * model, which is tracked itself, had answered.
	 */
	public void end(ModelCall call, LlmRequestStatus status) {
		end(call, status, null);
	}

	/**
	 * End a call that failed, likewise.
	 */
	public void fail(ModelCall call, Throwable failure) {
		end(call, status(failure), failure);
	}

	/**
	 * End a call that the current thread is cancelling, likewise.
	 */
	public void cancel(ModelCall call) {
		LlmRequestStatus status = LlmRequestStatus.CANCELLED;
		try {
			status = CancellationStatus.current();
		}
		catch (Throwable ex) {
			contain(ex);
		}
		end(call, status, null);
	}

	private void end(ModelCall call, LlmRequestStatus status, @Nullable Throwable failure) {
		try {
			if (call.end(status, failure) && !isPassedOn(call)) {
				this.recorder.record(call);
			}
		}
		catch (Throwable ex) {
			contain(ex);
		}
	}

	/**
	 * Return whether a call only passed on what another model was asked and answered, and
	 * remember the answer. One that can't be looked through is still a request.
	 */
	private boolean isPassedOn(ModelCall call) {
		try {
			boolean reported = !call.isDelegated() && this.answers.contain(call);
			if (!reported) {
				this.answers.add(call);
			}
			return reported || call.isDelegated();
		}
		catch (Throwable ex) {
			contain(ex);
			return call.isDelegated();
		}
	}

	private LlmRequestStatus status(Throwable failure) {
		try {
			return FailureStatus.of(failure);
		}
		catch (Throwable ex) {
			contain(ex);
			return LlmRequestStatus.ERROR;
		}
	}

	/**
	 * Keep a failure of the tracking itself from the application.
	 */
	public void contain(Throwable failure) {
		this.failures.contain(failure);
	}

}
