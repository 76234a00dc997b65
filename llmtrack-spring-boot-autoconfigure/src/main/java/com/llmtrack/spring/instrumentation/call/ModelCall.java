// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BooleanSupplier;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.instrumentation.internals.ReactorTimeout;
import com.llmtrack.spring.instrumentation.internals.TimeoutExceptions;
import com.llmtrack.spring.instrumentation.usage.RequestedModel;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.ModelRequest;

/**
 * One call of a model: {@link ModelCalls#begin begin} it, {@link #enter} it while the
 * model works, {@link #observe} what it answers, and end it by {@link #succeed},
 * {@link #fail} or {@link #cancel}. Only the first end counts. Nothing here throws.
 * <p>
 * The signals of a stream may come from different threads, though one after the other; a
 * cancellation may come at any time. Others may refer to a call long after it has ended,
 * so it does not refer to the application then.
 */
public final class ModelCall {

	// Updaters, since a call is made for each request and atomics would be objects of
	// their own
	private static final AtomicIntegerFieldUpdater<ModelCall> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(ModelCall.class, "ended");

	private static final AtomicReferenceFieldUpdater<ModelCall, @Nullable Object> OBSERVATION = AtomicReferenceFieldUpdater
		.newUpdater(ModelCall.class, Object.class, "observation");

	private final CalledModel model;

	private final @Nullable String feature;

	private final @Nullable LlmCustomer customer;

	/** The call of a contributor that made this call, if one did. */
	private final @Nullable ContributorCall origin = ContributorCall.current();

	private final @Nullable ModelCall assemblyOuter;

	/** Whether a stream is being assembled, rather than a request made. */
	private final boolean assembly;

	/**
	 * Whether this call makes exactly one request itself: a call of another model within
	 * it, such as that of an interceptor of its HTTP client, is another one.
	 */
	private final boolean oneRequest;

	private final ModelAnswer answer = new ModelAnswer();

	private final long startedAt = System.nanoTime();

	/** Records this call when it ends, unless it is not to be recorded. */
	private volatile @Nullable EventRecorder recorder;

	private @Nullable ModelRequest<?> request;

	private @Nullable String requestedModel;

	private volatile int ended;

	private volatile @Nullable Object observation;

	private volatile boolean delegated;

	private volatile @Nullable Throwable failure;

	private volatile LlmRequestStatus status = LlmRequestStatus.SUCCESS;

	private volatile long endedAt;

	ModelCall(@Nullable EventRecorder recorder, CalledModel model, @Nullable ModelRequest<?> request,
			@Nullable String feature, @Nullable LlmCustomer customer) {
		this.recorder = recorder;
		this.model = model;
		this.request = request;
		this.feature = feature;
		this.customer = customer;
		this.assembly = false;
		this.assemblyOuter = null;
		this.oneRequest = request instanceof Prompt && model.isSpringAiModel();
	}

	/**
	 * Stand for the assembly of a stream.
	 */
	ModelCall(CalledModel model) {
		this.model = model;
		this.feature = null;
		this.customer = null;
		this.assembly = true;
		this.assemblyOuter = current();
		this.oneRequest = false;
	}

	/**
	 * Return the call that the thread is in.
	 */
	public static @Nullable ModelCall current() {
		return CallScope.current();
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

	/**
	 * Surround a call of another model. As that one is recorded itself, this call only
	 * passed its request on, unless it makes one itself.
	 */
	void surround(CalledModel inner) {
		if (!this.oneRequest || this.model.isSameAs(inner)) {
			delegate();
		}
	}

	private void delegate() {
		this.delegated = true;
		if (this.assemblyOuter != null) {
			// A decorator may send the request while it assembles a stream
			this.assemblyOuter.delegate();
		}
	}

	/**
	 * Take usage and model from an answer, or from a chunk of one.
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

	/**
	 * Return whether an observation that starts within this call is this call's own, and
	 * so is not counted beside it: this call knows more, since the aggregated answer of a
	 * stream lacks cached and reasoning tokens. The first observation of a chat model of
	 * Spring AI is; any other is a request that this call only surrounds. However often
	 * it is asked about an observation, the result is the same.
	 */
	public boolean claimObservation(Object observationContext) {
		return this.oneRequest && (OBSERVATION.compareAndSet(this, null, observationContext)
				|| this.observation == observationContext);
	}

	/**
	 * End this call by its answer.
	 */
	public void succeed() {
		end(LlmRequestStatus.SUCCESS, null);
	}

	/**
	 * End this call by a failure.
	 */
	public void fail(Throwable failure) {
		boolean timeout = isTimeout(() -> TimeoutExceptions.isCauseOf(failure));
		end(timeout ? LlmRequestStatus.TIMEOUT : LlmRequestStatus.ERROR, failure);
	}

	/**
	 * End this call by a cancellation, which the current thread delivers.
	 */
	public void cancel() {
		boolean timeout = isTimeout(ReactorTimeout::isCancelling);
		end(timeout ? LlmRequestStatus.TIMEOUT : LlmRequestStatus.CANCELLED, null);
	}

	private boolean isTimeout(BooleanSupplier check) {
		try {
			return check.getAsBoolean();
		}
		catch (Throwable ex) {
			contain(ex);
			return false;
		}
	}

	private void end(LlmRequestStatus status, @Nullable Throwable failure) {
		if (ENDED.compareAndSet(this, 0, 1)) {
			this.status = status;
			this.failure = failure;
			this.endedAt = System.nanoTime();
			EventRecorder recorder = this.recorder;
			this.recorder = null;
			if (recorder != null) {
				recorder.ended(this);
			}
		}
	}

	private void contain(Throwable failure) {
		EventRecorder recorder = this.recorder;
		if (recorder != null) {
			recorder.contain(failure);
		}
	}

	/**
	 * Forget the prompt and the answer, of which the event only needs the model's name.
	 */
	void forgetContent() {
		this.requestedModel = requestedModel();
		this.request = null;
		this.answer.forgetContent();
		this.failure = null;
		this.observation = (this.observation != null) ? this : null;
	}

	/**
	 * Return whether the request was passed on to another model that is instrumented, as
	 * a routing or a fallback model does.
	 */
	public boolean isDelegated() {
		return this.delegated;
	}

	boolean isAssembly() {
		return this.assembly;
	}

	public CalledModel model() {
		return this.model;
	}

	/**
	 * Return the model that the request asked for, if known.
	 */
	@Nullable String requestedModel() {
		try {
			return (this.requestedModel != null) ? this.requestedModel
					: RequestedModel.of(this.request, this.model.target());
		}
		catch (Throwable ex) {
			// Options are the application's code: without them the event is still true
			return null;
		}
	}

	@Nullable String feature() {
		return this.feature;
	}

	@Nullable LlmCustomer customer() {
		return this.customer;
	}

	@Nullable ContributorCall origin() {
		return this.origin;
	}

	ModelAnswer answer() {
		return this.answer;
	}

	LlmRequestStatus status() {
		return this.status;
	}

	long startedAt() {
		return this.startedAt;
	}

	Duration latency() {
		return Duration.ofNanos(this.endedAt - this.startedAt);
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

}
