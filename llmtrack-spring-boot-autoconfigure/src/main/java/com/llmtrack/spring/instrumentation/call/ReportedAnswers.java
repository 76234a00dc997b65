// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;

import com.llmtrack.spring.LlmTokenUsage;
import com.llmtrack.spring.instrumentation.usage.TokenUsages;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * Answers and failures that were reported already, each with the model it came from. A
 * model that gives the same answer as another one has not made a request of its own: it
 * took the answer from a cache, or had another thread ask for it. A model that repeats
 * its own answer may well have. Keeps no answer and no model alive; safe for any thread.
 */
final class ReportedAnswers {

	private static final Object UNKNOWN_MODEL = new Object();

	private final WeakIdentityMap<Origin> origins = new WeakIdentityMap<>();

	private volatile boolean started;

	void start() {
		this.started = true;
	}

	/**
	 * Remember what a call gave. What it only passed on is another model's, even if that
	 * one's own answer was never seen: an observation tells nothing of the chunks.
	 */
	void add(ModelCall call) {
		if (this.started) {
			Object model = call.isDelegated() ? UNKNOWN_MODEL : modelOf(call);
			Origin origin = new Origin(new WeakReference<>(model), System.nanoTime());
			marks(call).forEach((mark) -> add(mark, origin, call.isDelegated()));
		}
	}

	private void add(Object mark, Origin origin, boolean passedOn) {
		if (passedOn) {
			this.origins.putIfAbsent(mark, origin);
		}
		else {
			this.origins.put(mark, origin);
		}
	}

	/**
	 * Return whether a call gave what another model was reported to have given.
	 */
	boolean contain(ModelCall call) {
		return this.started && !call.model().isSpringAis() && marks(call).anyMatch((mark) -> isAnothers(mark, call));
	}

	/**
	 * Return whether a mark is that of another model. Some exceptions, such as Netty's
	 * for a read time-out, are one object for all: a failure was only passed on if it was
	 * reported during the call.
	 */
	private boolean isAnothers(Object mark, ModelCall call) {
		Origin origin = this.origins.get(mark);
		return origin != null && origin.model().get() != modelOf(call)
				&& (!(mark instanceof Throwable) || origin.reportedAt() - call.startedAt() >= 0);
	}

	private static Object modelOf(ModelCall call) {
		Object target = call.model().target();
		return (target != null) ? target : UNKNOWN_MODEL;
	}

	/**
	 * Return the objects by which an answer is known again, also if it was put into a new
	 * envelope on its way.
	 */
	private static Stream<Object> marks(ModelCall call) {
		Stream<Object> answers = call.answers().flatMap((answer) -> Stream.concat(Stream.of(answer), parts(answer)));
		return Stream.concat(answers, causes(call.failure()));
	}

	private static Stream<Object> parts(Object answer) {
		if (answer instanceof ChatResponse response && response.getMetadata() != null) {
			Usage usage = response.getMetadata().getUsage();
			// A usage of which nothing is known may be a constant
			return (TokenUsages.of(usage) == LlmTokenUsage.UNKNOWN) ? Stream.empty() : Stream.of(usage);
		}
		return (answer instanceof EmbeddingResponse response) ? response.getResults()
			.stream()
			.map(Embedding::getOutput)
			.filter((output) -> output != null && output.length > 0)
			.map(Object.class::cast) : Stream.empty();
	}

	private static Stream<Throwable> causes(@Nullable Throwable failure) {
		Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Throwable cause = failure; cause != null && causes.add(cause);) {
			cause = cause.getCause();
		}
		return causes.stream();
	}

	private record Origin(WeakReference<Object> model, long reportedAt) {
	}

}
