// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Map;

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

	private final ObservedCalls observed;

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
		this.observed = new ObservedCalls(this, this.rounds);
		this.application = Application.of(beans, this.failures);
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
			@Nullable ContextView subscriber) {
		Application application = this.application;
		return begin(application, model, request, assembly,
				contextOf(application, model, request, assembly, subscriber));
	}

	private static CallContext contextOf(@Nullable Application application, CalledModel model,
			@Nullable ModelRequest<?> request, @Nullable StreamAssembly assembly, @Nullable ContextView subscriber) {
		return (application != null) ? application.contexts().find(model, request, assembly, subscriber)
				: new CallContext(OuterCalls.NONE, LlmContext.current(), null);
	}

	private ModelCall begin(@Nullable Application application, CalledModel model, @Nullable ModelRequest<?> request,
			@Nullable StreamAssembly assembly, CallContext context) {
		if (application == null) {
			return new ModelCall(null, model, request, context.context(), null, assembly, null);
		}
		ModelCall call = new ModelCall(application.recorder(), model, request, context.context(), context.traceId(),
				assembly, rounds(model, request));
		try {
			application.openCalls().begun(call, context.outers());
		}
		catch (Throwable ex) {
			contain(ex);
		}
		return call;
	}

	/**
	 * Find what surrounds a call before it begins on this thread.
	 */
	CallContext contextOf(CalledModel model, @Nullable ModelRequest<?> request) {
		return contextOf(this.application, model, request, null, null);
	}

	/**
	 * Begin a call whose surroundings are known.
	 */
	ModelCall begin(CalledModel model, @Nullable ModelRequest<?> request, CallContext context) {
		return begin(this.application, model, request, null, context);
	}

	private @Nullable RequestRounds rounds(CalledModel model, @Nullable ModelRequest<?> request) {
		if (this.rounds == null) {
			return null;
		}
		try {
			boolean addsUp = this.springAi.addsUpUsage(model.provider());
			return model.isObservedOnly() ? this.rounds.of(request, addsUp) : RequestRounds.first(addsUp);
		}
		catch (Throwable ex) {
			contain(ex);
			return null;
		}
	}

	/**
	 * Return whether requests may be refused.
	 */
	public boolean mayBeRefused() {
		Application application = this.application;
		return application != null && application.refusals().arePossible();
	}

	/**
	 * Return why the request of a call that has just begun must not be made, or
	 * {@code null} if it may be. One that must not be made has ended without an event.
	 */
	public @Nullable RuntimeException refusal(ModelCall call) {
		Application application = this.application;
		return (application != null) ? application.refusals().of(call) : null;
	}

	/**
	 * Return why a request must not be made, or {@code null} if it may be.
	 */
	@Nullable RuntimeException refusal(CalledModel model, @Nullable String requestedModel, CallContext context) {
		Application application = this.application;
		return (application != null) ? application.refusals().of(model, requestedModel, context.context()) : null;
	}

	/**
	 * Return the calls as observations tell of them.
	 */
	public ObservedCalls observed() {
		return this.observed;
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
	 * Return why a call must not send the results of tools that it has run, or
	 * {@code null} if it may. One that is known by observations only is asked about when
	 * its next one begins.
	 */
	public @Nullable RuntimeException refusalOfNext(ToolExecution execution) {
		Application application = this.application;
		ModelCall call = execution.call();
		return (application != null && call.isOpen())
				? application.refusals().of(call.model(), call.requestedModel(), call.context()) : null;
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
		CallContext context = application.contexts().findByHand();
		return new RequestOrigin(context.context(), context.traceId(), ContributorCall.current(),
				application.recorder(), application.callSites());
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
			try {
				application.beans().findGate();
			}
			catch (Throwable ex) {
				this.failures.containQuestion(ex);
			}
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
	private record Application(ApplicationBeans beans, CallContexts contexts, CallSites callSites, OpenCalls openCalls,
			EventRecorder recorder, Refusals refusals) {

		static Application of(ApplicationBeans beans, ContainedFailures failures) {
			OpenCalls openCalls = new OpenCalls();
			RequestHistory history = new RequestHistory(beans);
			CallSites callSites = new CallSites(beans, System::nanoTime);
			return new Application(beans, new CallContexts(beans, callSites, openCalls, failures), callSites, openCalls,
					new EventRecorder(beans, openCalls, history, failures), new Refusals(beans, history, failures));
		}

	}

}
