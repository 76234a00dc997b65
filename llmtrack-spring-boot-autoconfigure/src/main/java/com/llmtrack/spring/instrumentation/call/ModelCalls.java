// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Map;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.instrumentation.usage.SpringAiApi;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.ModelRequest;

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

	private final SpringAiApi springAi;

	/** Not needed where a call is one request. */
	private final @Nullable ToolRounds rounds;

	private volatile @Nullable Application application;

	/**
	 * Create the calls of an application.
	 * @param beans the application's settings and beans
	 */
	public ModelCalls(ApplicationBeans beans) {
		this(beans, SpringAiApi.get());
	}

	ModelCalls(ApplicationBeans beans, SpringAiApi springAi) {
		this.springAi = springAi;
		this.rounds = springAi.modelsRunTools() ? new ToolRounds() : null;
		OpenCalls openCalls = new OpenCalls();
		this.application = new Application(beans, new CustomerLookup(beans, this.failures),
				new CallSites(beans, System::nanoTime), openCalls, new EventRecorder(beans, openCalls, this.failures));
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
	 * Assemble a stream on the thread that asks a model for it.
	 */
	public StreamAssembly assemble(CalledModel model, @Nullable ModelRequest<?> request) {
		StreamAssembly assembly = new StreamAssembly(model, request);
		Application application = this.application;
		try {
			if (application != null && assembly.mayBeWithoutFeature()) {
				assembly.assembledAt(application.callSites().ofAssembly());
			}
		}
		catch (Throwable ex) {
			contain(ex);
		}
		return assembly;
	}

	/**
	 * Begin a stream when it is subscribed to.
	 * @param assembly the assembly of the stream
	 * @param context the Reactor context of the subscriber
	 */
	public ModelCall begin(StreamAssembly assembly, ContextView context) {
		return begin(assembly.model(), assembly.request(), assembly, context);
	}

	private ModelCall begin(CalledModel model, @Nullable ModelRequest<?> request, @Nullable StreamAssembly assembly,
			@Nullable ContextView context) {
		Application application = this.application;
		if (application == null) {
			return new ModelCall(null, model, request, LlmContext.current(), null, assembly, null);
		}
		OuterCalls outers = OuterCalls.NONE;
		LlmContext found = LlmContext.current();
		String traceId = null;
		RequestRounds rounds = null;
		try {
			rounds = rounds(model, request);
			outers = application.openCalls().around(model, request, assembly, context);
			OuterCall outer = outers.common();
			found = (assembly != null && context != null) ? ContextLookup.find(outer, context, assembly)
					: ContextLookup.find(outer);
			if (!(outer instanceof ModelCall)) {
				found = application.customers().complete(found, context);
				if (found.feature() == null) {
					reportMissingFeature(application.callSites(), assembly, context);
				}
			}
			traceId = application.beans().traceId(context);
		}
		catch (Throwable ex) {
			contain(ex);
		}
		ModelCall call = new ModelCall(application.recorder(), model, request, found, traceId, assembly, rounds);
		try {
			application.openCalls().begun(call, outers);
		}
		catch (Throwable ex) {
			contain(ex);
		}
		return call;
	}

	private @Nullable RequestRounds rounds(CalledModel model, @Nullable ModelRequest<?> request) {
		if (this.rounds == null) {
			return null;
		}
		boolean addsUp = this.springAi.addsUpUsage(model.provider());
		return model.isObservedOnly() ? this.rounds.of(request, addsUp) : RequestRounds.first(addsUp);
	}

	/**
	 * Return the call that an observation belongs to which starts on this thread, so that
	 * it is not counted beside that call. However often it is asked about an observation,
	 * the result is the same.
	 * @param observation the observation
	 * @param request the observed request
	 * @return the call, or {@code null} if the observation is to be recorded
	 */
	public @Nullable ModelCall claim(Object observation, @Nullable ModelRequest<?> request) {
		ModelCall current = ModelCall.current();
		if (current != null && current.claimObservation(observation)) {
			remember(request, current);
			return current;
		}
		return (this.rounds != null) ? this.rounds.claim(observation, request) : null;
	}

	/**
	 * Begin a call of a model that is known by an observation only.
	 */
	public ModelCall beginObserved(CalledModel model, @Nullable ModelRequest<?> request) {
		ModelCall call = begin(model, request);
		remember(request, call);
		return call;
	}

	private void remember(@Nullable ModelRequest<?> request, ModelCall call) {
		if (this.rounds != null) {
			this.rounds.remember(request, call);
		}
	}

	/**
	 * Have a model run the tools that it was answered to run, on the current thread: its
	 * request has ended.
	 * @param call the call of the model
	 * @param answer the answer
	 * @return until when the tools run, or {@code null} if that makes no difference
	 */
	public @Nullable ToolExecution runTools(ModelCall call, ChatResponse answer) {
		return (this.rounds != null) ? this.rounds.runTools(call, answer) : null;
	}

	/**
	 * Have a call observed by a further observation, which it has claimed.
	 * @param call the call
	 * @param answer supplies the answer when the observation has stopped
	 * @return whether to say when that is
	 */
	public boolean join(ModelCall call, Supplier<? extends @Nullable Object> answer) {
		if (call.model().isObservedOnly()) {
			call.observeLater(answer);
		}
		return this.rounds != null;
	}

	/**
	 * Note that an observation has stopped that a call has claimed.
	 */
	public void stopped(ModelCall call, Object observation, @Nullable Object answer) {
		if (this.rounds != null) {
			this.rounds.stopped(call, observation, answer);
		}
	}

	private static void reportMissingFeature(CallSites callSites, @Nullable StreamAssembly assembly,
			@Nullable ContextView context) {
		if (assembly != null && context != null) {
			callSites.addStream(assembly.place(), context);
		}
		else {
			callSites.add();
		}
	}

	/**
	 * Begin a request that no model makes, on the thread that makes it.
	 * @return where it begins, or {@code null} if the application has ended
	 */
	@Nullable RequestOrigin beginByHand() {
		Application application = this.application;
		if (application == null) {
			return null;
		}
		LlmContext context = LlmContext.current();
		String traceId = null;
		try {
			OuterCall outer = CallScope.current();
			context = ContextLookup.find(outer);
			if (!(outer instanceof ModelCall)) {
				context = application.customers().complete(context, null);
			}
			traceId = application.beans().traceId(null);
		}
		catch (Throwable ex) {
			contain(ex);
		}
		return new RequestOrigin(context, traceId, ContributorCall.current(), application.recorder(),
				application.callSites());
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
			application.recorder().recordEarlyRequests();
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
			OpenCalls openCalls, EventRecorder recorder) {
	}

}
