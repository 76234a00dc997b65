// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;

import com.llmtrack.spring.LlmContext;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmUsageEventBuilder;
import com.llmtrack.spring.instrumentation.usage.RequestedModel;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.ModelRequest;

/**
 * One call of a model: {@link ModelCalls#begin begin} it, {@link #enter} it while the
 * model works, {@link #observe} what it answers, and end it by {@link #succeed},
 * {@link #fail} or {@link #cancel}. Only the first end counts. Nothing here throws. A
 * call is one request, unless the model runs tools itself: then each of its
 * {@link CallRequests requests} but the last one ends where it does so.
 * <p>
 * The signals of a stream may come from different threads, though one after the other; a
 * cancellation may come at any time. Others may refer to a call long after it has ended,
 * so it does not refer to the application then.
 */
public final class ModelCall implements OuterCall, EndedRequest {

	// An updater, since a call is made for each request and an atomic would be an object
	// of its own
	private static final AtomicReferenceFieldUpdater<ModelCall, @Nullable CallEnd> END = AtomicReferenceFieldUpdater
		.newUpdater(ModelCall.class, CallEnd.class, "end");

	private final CalledModel model;

	private final LlmContext context;

	private final @Nullable String traceId;

	/** The call of a contributor that made this call, if one did. */
	private final @Nullable ContributorCall origin = ContributorCall.current();

	/**
	 * The calls that were made for this one, unless it makes exactly one request itself:
	 * then a call of another model within it, such as that of an interceptor of its HTTP
	 * client, is another one.
	 */
	private final @Nullable LinkedCalls linked;

	private final ModelAnswer answer = new ModelAnswer();

	private final CallRequests requests;

	/** Records this call when it ends, unless it is not to be recorded. */
	private volatile @Nullable EventRecorder recorder;

	private @Nullable ModelRequest<?> request;

	private @Nullable String requestedModel;

	private volatile @Nullable CallEnd end;

	/** A call of the same model, which this one may only surround. */
	private volatile @Nullable ModelCall surrounded;

	ModelCall(@Nullable EventRecorder recorder, CalledModel model, @Nullable ModelRequest<?> request,
			LlmContext context, @Nullable String traceId, @Nullable StreamAssembly assembly,
			@Nullable RequestRounds rounds) {
		this.recorder = recorder;
		this.model = model;
		this.request = request;
		this.context = context;
		this.traceId = traceId;
		this.linked = makesOneRequest() ? null : new LinkedCalls((assembly != null) ? assembly.linked() : null);
		this.requests = new CallRequests((this.linked == null) ? rounds : null);
	}

	private boolean makesOneRequest() {
		return this.model.isObservedOnly() || (this.request instanceof Prompt && this.model.isSpringAiModel());
	}

	/**
	 * Return the call that the thread is in.
	 */
	public static @Nullable ModelCall current() {
		return (CallScope.current() instanceof ModelCall call) ? call : null;
	}

	/**
	 * Make this the thread's current call until the scope is closed.
	 */
	public CallScope enter() {
		return CallScope.inside(this);
	}

	/**
	 * Leave the thread's current call until the scope is closed.
	 */
	public static CallScope leave() {
		return CallScope.outside();
	}

	@Override
	public void link(ModelCall inner, boolean certain) {
		if (this.linked != null && inner.mayAnswer(this.request)) {
			this.linked.add(inner, certain);
		}
		else if (this.linked == null && this.model.isSameAs(inner.model)) {
			this.surrounded = inner;
		}
	}

	boolean mayAnswer(@Nullable ModelRequest<?> other) {
		return this.request == null || other == null || this.request instanceof Prompt == other instanceof Prompt;
	}

	/**
	 * Return whether other models may be asked for this call's answer.
	 */
	boolean mayPassOn() {
		return this.linked != null;
	}

	/**
	 * Return whether this call, which has ended, only passed its request on to others
	 * that are recorded themselves.
	 */
	boolean isPassedOn() {
		return surroundsItself() || (this.linked != null && this.linked.explain(this.answer.counts(), end()));
	}

	/**
	 * Return whether this is a call of a proxy around another proxy of the same model. A
	 * model that runs tools itself may also be asked by one of them, and then has other
	 * counts.
	 */
	private boolean surroundsItself() {
		ModelCall inner = this.surrounded;
		if (inner == null || this.requests.rounds() == null) {
			return inner != null;
		}
		ReportedCounts counts = this.answer.counts();
		return !isObserved()
				&& (!counts.isKnown() || inner.countsSoFar().cover(counts, end().status() != LlmRequestStatus.SUCCESS));
	}

	/**
	 * Take usage and model from an answer.
	 */
	public void observe(@Nullable Object answer) {
		try {
			if (answer != null) {
				this.answer.read(answer);
			}
		}
		catch (Throwable ex) {
			contain(ex);
		}
	}

	void contain(Throwable failure) {
		EventRecorder recorder = this.recorder;
		if (recorder != null) {
			recorder.contain(failure);
		}
	}

	/**
	 * Take usage and model from a chunk of a stream, and the time from the first one.
	 */
	public void observeChunk(Object chunk) {
		this.requests.chunkReceived(chunk);
		observe(chunk);
	}

	/**
	 * Have an answer looked at before the call ends, where it is seen only then.
	 */
	public void observeLater(Supplier<? extends @Nullable Object> answer) {
		this.answer.readLater(answer);
	}

	/**
	 * Look at the answers that are seen only when the call ends.
	 */
	public void observePending() {
		if (isOpen()) {
			this.answer.pending().forEach((pending) -> observe(pending.get()));
		}
	}

	ReportedCounts countsSoFar() {
		observePending();
		return this.answer.counts();
	}

	/**
	 * Return whether an observation that starts within this call is this call's own, and
	 * so is not counted beside it: this call knows more, since the aggregated answer of a
	 * stream lacks cached and reasoning tokens. The first observation of a chat model of
	 * Spring AI is; any other is a request that this call only surrounds. However often
	 * it is asked about an observation, the result is the same.
	 */
	public boolean claimObservation(Object observationContext) {
		return this.linked == null && this.requests.claim(observationContext);
	}

	/**
	 * End a request by an answer that asks for tools, while this call goes on.
	 */
	void endRequest(ModelAnswer answer, long at) {
		EndedRound ended = this.requests.end(this, answer, at);
		EventRecorder recorder = this.recorder;
		if (ended != null && recorder != null) {
			recorder.record(ended);
		}
	}

	CallRequests requests() {
		return this.requests;
	}

	/**
	 * Return whether the model has begun an observation of its own for this request.
	 */
	public boolean isObserved() {
		return this.requests.isObserved();
	}

	/**
	 * End this call by its answer.
	 */
	public void succeed() {
		end(CallEnd.by(LlmRequestStatus.SUCCESS));
	}

	/**
	 * End this call by the end of its stream. Each model of Spring AI sends at least one
	 * chunk for an answer, however short: without any, it got something else with the
	 * status 200, such as an error or a page of a proxy.
	 */
	public void complete() {
		boolean unanswered = this.linked == null && (this.answer.first() == null || this.requests.isLaterUnanswered());
		end(CallEnd.by(unanswered ? LlmRequestStatus.ERROR : LlmRequestStatus.SUCCESS));
	}

	/**
	 * End this call by a failure.
	 */
	public void fail(Throwable failure) {
		end(CallEnd.byFailure(failure));
	}

	/**
	 * End this call by a cancellation, which the current thread delivers.
	 */
	public void cancel() {
		end(CallEnd.byCancellation());
	}

	/**
	 * End this call without an event, since no request was sent.
	 */
	public void discard() {
		EventRecorder recorder = this.recorder;
		if (END.compareAndSet(this, null, CallEnd.by(LlmRequestStatus.ERROR)) && recorder != null) {
			recorder.discarded(this);
		}
	}

	private void end(CallEnd end) {
		EventRecorder recorder = this.recorder;
		if (END.compareAndSet(this, null, end) && recorder != null) {
			recorder.ended(this);
		}
	}

	/**
	 * Forget the application, the prompt and the answer, of which the event only needs
	 * the model's name.
	 */
	void forgetContent() {
		this.requestedModel = requestedModel();
		this.recorder = null;
		this.request = null;
		this.surrounded = null;
		this.answer.forgetContent();
		CallEnd end = this.end;
		this.end = (end != null) ? end.withoutFailure() : null;
		this.requests.forgetContent();
	}

	@Override
	public boolean isOpen() {
		return this.end == null;
	}

	public @Nullable ModelRequest<?> request() {
		return this.request;
	}

	@Override
	public CalledModel model() {
		return this.model;
	}

	@Override
	public @Nullable String answeringModel() {
		return this.answer.model();
	}

	@Override
	public @Nullable String requestedModel() {
		try {
			return (this.requestedModel != null) ? this.requestedModel
					: RequestedModel.of(this.request, this.model.target());
		}
		catch (Throwable ex) {
			// Options are the application's code: without them the event is still true
			return null;
		}
	}

	@Override
	public LlmContext context() {
		return this.context;
	}

	@Override
	public @Nullable String traceId() {
		return this.traceId;
	}

	@Override
	public @Nullable ContributorCall origin() {
		return this.origin;
	}

	@Override
	public void describe(LlmUsageEventBuilder event) {
		event.status(end().status());
		this.requests.describe(event, this.answer, end().at());
	}

	ModelAnswer answer() {
		return this.answer;
	}

	long startedAt() {
		return this.requests.startedAt();
	}

	/**
	 * Return how this call, which has ended, did so.
	 */
	CallEnd end() {
		return Objects.requireNonNull(this.end);
	}

}
