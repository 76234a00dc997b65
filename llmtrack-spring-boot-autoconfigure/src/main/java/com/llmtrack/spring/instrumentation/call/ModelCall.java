// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmCustomer;
import com.llmtrack.spring.LlmRequestStatus;
import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.instrumentation.usage.TokenUsages;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.model.ModelRequest;

/**
 * One call of a model, from its start to its only end. The signals of a stream may come
 * from different threads, though one after the other; a cancellation may come at any
 * time.
 */
public final class ModelCall {

	private final CalledModel model;

	private final @Nullable ModelRequest<?> request;

	private final @Nullable String feature;

	private final @Nullable LlmCustomer customer;

	private final boolean assembly;

	private final @Nullable ContributorCall maker = ContributorCall.current();

	private final long startedAt = System.nanoTime();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final AtomicBoolean observed = new AtomicBoolean();

	private volatile boolean delegated;

	private volatile LlmTokenUsage usage = LlmTokenUsage.UNKNOWN;

	private volatile @Nullable String answeringModel;

	private volatile @Nullable Object firstAnswer;

	private volatile @Nullable Object lastAnswer;

	private volatile @Nullable Throwable failure;

	private volatile LlmRequestStatus status = LlmRequestStatus.SUCCESS;

	private volatile Duration latency = Duration.ZERO;

	/**
	 * Start a call.
	 * @param outer the call that this one is made within, if any; as this one is measured
	 * itself, the outer one only passed the request on
	 * @param model the model that is called
	 * @param request what it is asked, if known
	 * @param feature the feature that the call is made for, if any
	 * @param customer the customer that the call is made for, if any
	 */
	public ModelCall(@Nullable ModelCall outer, CalledModel model, @Nullable ModelRequest<?> request,
			@Nullable String feature, @Nullable LlmCustomer customer) {
		this(outer, model, request, feature, customer, false);
	}

	private ModelCall(@Nullable ModelCall outer, CalledModel model, @Nullable ModelRequest<?> request,
			@Nullable String feature, @Nullable LlmCustomer customer, boolean assembly) {
		this.model = model;
		this.request = request;
		this.feature = feature;
		this.customer = customer;
		this.assembly = assembly;
		if (outer != null && (!outer.isOneRequest() || outer.model.isSameAs(model))) {
			outer.delegate();
		}
	}

	/**
	 * Stand for the making of a stream, which is no request: of whom it is made for,
	 * nothing is known yet.
	 */
	public static ModelCall assembly(CalledModel model) {
		return new ModelCall(null, model, null, null, null, true);
	}

	/**
	 * Take from an answer, or from a chunk of one, what it says about usage and model.
	 */
	public void observe(@Nullable Object answer) {
		if (answer == null) {
			return;
		}
		if (this.firstAnswer == null) {
			this.firstAnswer = answer;
		}
		this.lastAnswer = answer;
		if (answer instanceof ChatResponse response && response.getMetadata() != null) {
			observe(TokenUsages.of(response.getMetadata().getUsage()), response.getMetadata().getModel());
		}
		else if (answer instanceof EmbeddingResponse response && response.getMetadata() != null) {
			observe(TokenUsages.ofEmbedding(response.getMetadata().getUsage()), response.getMetadata().getModel());
		}
	}

	private void observe(LlmTokenUsage reported, @Nullable String reportedModel) {
		if (reported != LlmTokenUsage.UNKNOWN) {
			this.usage = TokenUsages.max(this.usage, reported);
		}
		if (reportedModel != null && !reportedModel.isBlank()) {
			this.answeringModel = reportedModel;
		}
	}

	/**
	 * Claim an observation that was started within this call as this call's own, so that
	 * it is not counted beside it. This call knows more: the aggregated answer that is
	 * observed of a stream lacks cached and reasoning tokens.
	 * @return whether it is: the first one that a chat model of Spring AI's makes is; any
	 * other is a request that this call only surrounds
	 */
	public boolean claimObservation() {
		return isOneRequest() && this.observed.compareAndSet(false, true);
	}

	/**
	 * Return whether this call makes exactly one request itself, so that a call of
	 * another model within it, such as that of an interceptor of its HTTP client, is
	 * another one.
	 */
	private boolean isOneRequest() {
		return this.request instanceof Prompt && this.model.isSpringAis();
	}

	/**
	 * End this call.
	 * @return whether this was its first end
	 */
	public boolean end(LlmRequestStatus status, @Nullable Throwable failure) {
		if (!this.ended.compareAndSet(false, true)) {
			return false;
		}
		this.status = status;
		this.failure = failure;
		this.latency = Duration.ofNanos(System.nanoTime() - this.startedAt);
		return true;
	}

	/**
	 * Note that the request was passed on to another model.
	 */
	public void delegate() {
		this.delegated = true;
	}

	/**
	 * Return whether the request was passed on to another model, which is measured
	 * itself, as a routing or a fallback model does.
	 */
	public boolean isDelegated() {
		return this.delegated;
	}

	/**
	 * Return whether a stream is being made, rather than a request.
	 */
	public boolean isAssembly() {
		return this.assembly;
	}

	public CalledModel model() {
		return this.model;
	}

	public @Nullable ModelRequest<?> request() {
		return this.request;
	}

	public @Nullable String feature() {
		return this.feature;
	}

	public @Nullable LlmCustomer customer() {
		return this.customer;
	}

	/**
	 * Return the contribution to events that made this call, if one did.
	 */
	public @Nullable ContributorCall maker() {
		return this.maker;
	}

	public LlmTokenUsage usage() {
		return this.usage;
	}

	/**
	 * Return the model that answered, or {@code null} as long as none was named.
	 */
	public @Nullable String answeringModel() {
		return this.answeringModel;
	}

	public LlmRequestStatus status() {
		return this.status;
	}

	public long startedAt() {
		return this.startedAt;
	}

	public Duration latency() {
		return this.latency;
	}

	public @Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * Return what was answered: the only answer, or the first and the last chunk.
	 */
	public Stream<Object> answers() {
		return Stream.concat(Stream.ofNullable(this.firstAnswer), Stream.ofNullable(this.lastAnswer));
	}

}
