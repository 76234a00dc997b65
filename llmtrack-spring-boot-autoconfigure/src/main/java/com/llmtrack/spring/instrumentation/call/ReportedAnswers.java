// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import com.llmtrack.spring.instrumentation.usage.TokenUsages;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
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

	private volatile WeakReference<Object> latestModel = new WeakReference<>(UNKNOWN_MODEL);

	private volatile boolean started;

	void start() {
		this.started = true;
	}

	/**
	 * Return whether a call gave what another model was reported to have given; otherwise
	 * remember what it gave. If the call only passed its request on, that is another
	 * model's, even if that one's own answer was never seen: an observation does not show
	 * the chunks.
	 */
	boolean isRepeated(ModelCall call) {
		if (!this.started) {
			return false;
		}
		List<Object> marks = marks(call);
		if (!call.isDelegated() && !call.model().isSpringAiModel() && isAnothers(marks, call)) {
			return true;
		}
		add(marks, call);
		return false;
	}

	private boolean isAnothers(List<Object> marks, ModelCall call) {
		for (Object mark : marks) {
			if (isAnothers(mark, call)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether a mark is that of another model. Some exceptions, such as Netty's
	 * for a read timeout, are one object for all: a failure was only passed on if it was
	 * reported during the call.
	 */
	private boolean isAnothers(Object mark, ModelCall call) {
		Origin origin = this.origins.get(mark);
		return origin != null && origin.model().get() != modelOf(call)
				&& (!(mark instanceof Throwable) || origin.reportedAt() - call.startedAt() >= 0);
	}

	private void add(List<Object> marks, ModelCall call) {
		if (marks.isEmpty()) {
			return;
		}
		Origin origin = new Origin(weak(call.isDelegated() ? UNKNOWN_MODEL : modelOf(call)), System.nanoTime());
		for (Object mark : marks) {
			if (call.isDelegated()) {
				this.origins.putIfAbsent(mark, origin);
			}
			else {
				this.origins.put(mark, origin);
			}
		}
	}

	/**
	 * Return a reference to a model, mostly the one of the call before.
	 */
	private WeakReference<Object> weak(Object model) {
		WeakReference<Object> latest = this.latestModel;
		if (latest.get() != model) {
			latest = new WeakReference<>(model);
			this.latestModel = latest;
		}
		return latest;
	}

	private static Object modelOf(ModelCall call) {
		Object target = call.model().target();
		return (target != null) ? target : UNKNOWN_MODEL;
	}

	/**
	 * Return the objects by which an answer is recognized, even if it was put into a new
	 * envelope on its way.
	 */
	private static List<Object> marks(ModelCall call) {
		List<Object> marks = new ArrayList<>(2);
		Object first = call.answer().first();
		Object last = call.answer().last();
		if (first != null) {
			addMarks(first, marks);
		}
		if (last != null && last != first) {
			addMarks(last, marks);
		}
		if (call.failure() != null) {
			addCauses(call.failure(), marks);
		}
		return marks;
	}

	private static void addMarks(Object answer, List<Object> marks) {
		Usage usage = knownUsage(answer);
		if (usage != null) {
			marks.add(usage);
		}
		if (usage == null || !isBoundTo(usage, answer)) {
			marks.add(answer);
		}
		if (answer instanceof EmbeddingResponse response) {
			for (Embedding embedding : response.getResults()) {
				if (embedding.getOutput() != null && embedding.getOutput().length > 0) {
					marks.add(embedding.getOutput());
				}
			}
		}
	}

	/**
	 * Return the usage of an answer. One of which nothing is known may be a constant, and
	 * so marks nothing.
	 */
	private static @Nullable Usage knownUsage(Object answer) {
		Usage usage = (answer instanceof ChatResponse response && response.getMetadata() != null)
				? response.getMetadata().getUsage() : null;
		return TokenUsages.isKnown(usage) ? usage : null;
	}

	/**
	 * Return whether an answer always has the same usage, which is then mark enough: each
	 * mark costs a weak reference.
	 */
	private static boolean isBoundTo(Usage usage, Object answer) {
		return answer.getClass() == ChatResponse.class
				&& ((ChatResponse) answer).getMetadata().getClass() == ChatResponseMetadata.class;
	}

	private static void addCauses(Throwable failure, List<Object> marks) {
		Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Throwable cause = failure; cause != null && causes.add(cause);) {
			marks.add(cause);
			cause = cause.getCause();
		}
	}

	private record Origin(WeakReference<Object> model, long reportedAt) {
	}

}
