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
	 * Return whether a call gave what is known to be another request's; otherwise
	 * remember what it gave, if it may matter later.
	 * @param call the call
	 * @param passedOn whether it is known to have passed its request on: then it gave
	 * what another model answered, even if that was never seen, as an observation does
	 * not show the chunks
	 * @param othersRunning whether other calls are running that may pass on what this one
	 * gave
	 */
	boolean isRepeated(ModelCall call, boolean passedOn, boolean othersRunning) {
		Kind kind = passedOn ? Kind.REMEMBERED : call.model().isApplications() ? Kind.OWN : Kind.NEW;
		boolean matters = kind != Kind.OWN || othersRunning;
		if (!this.started || (!matters && this.origins.isEmpty())) {
			return false;
		}
		List<Object> marks = marks(call);
		if (!passedOn && !call.model().isSpringAiModel() && isAnothers(marks, call)) {
			return true;
		}
		if (matters) {
			add(marks, call, kind);
		}
		return false;
	}

	private boolean isAnothers(List<Object> marks, ModelCall call) {
		for (Object mark : marks) {
			Origin origin = this.origins.get(mark);
			if (origin != null && isAnothers(mark, origin, call)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether a mark is that of another request. Identity alone is a guess, since
	 * models of the application may return a constant, and some exceptions are one object
	 * for all, such as Netty's for a read timeout. So it has to be a model of Spring AI
	 * that answered, which makes a new object each time; or it was reported during the
	 * call; or this model passed it on before, and so has it from a cache.
	 */
	private static boolean isAnothers(Object mark, Origin origin, ModelCall call) {
		boolean mine = origin.model().get() == modelOf(call);
		return switch (origin.kind()) {
			case REMEMBERED -> mine || (call.mayPassOn() && origin.isWithin(call));
			case NEW -> !mine && (!(mark instanceof Throwable) || origin.isWithin(call));
			case OWN -> !mine && origin.isWithin(call);
		};
	}

	private void add(List<Object> marks, ModelCall call, Kind kind) {
		if (marks.isEmpty()) {
			return;
		}
		Origin origin = new Origin(weak(modelOf(call)), System.nanoTime(), kind);
		for (Object mark : marks) {
			Origin known = (kind == Kind.REMEMBERED) ? this.origins.get(mark) : null;
			if (known == null || known.kind() != Kind.NEW) {
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
		Throwable failure = call.end().failure();
		if (failure != null) {
			addCauses(failure, marks);
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

	private enum Kind {

		/** Made by a model of Spring AI, which makes a new one for each request. */
		NEW,

		/** Given by a model of the application as its own. */
		OWN,

		/** Given by a model of the application that had it from another model. */
		REMEMBERED

	}

	private record Origin(WeakReference<Object> model, long reportedAt, Kind kind) {

		boolean isWithin(ModelCall call) {
			return this.reportedAt - call.startedAt() >= 0;
		}

	}

}
