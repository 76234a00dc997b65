// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.ModelRequest;
import org.springframework.util.CollectionUtils;

/**
 * The calls of models that may pass their requests on, as long as they run, by what they
 * were asked. So a call for them is found that is made on another thread, where nothing
 * else connects the two. Keeps no call alive; safe for any thread, and holds its lock for
 * a moment only.
 */
final class OpenCalls {

	/**
	 * Of more calls with one question at a time, it would be a guess whose call it is.
	 */
	private static final int MAX_CALLS_OF_A_QUESTION = 16;

	private static final Object UNKNOWN_QUESTION = new Object();

	/** By the text of the last message, which a copy of a prompt shares. */
	private final Map<Object, Entry> entries = new IdentityHashMap<>();

	private final ReferenceQueue<ModelCall> abandoned = new ReferenceQueue<>();

	/** Spares most applications the lock. */
	private volatile boolean empty = true;

	/**
	 * Return what a new call is made for: the call that the subscriber or the thread is
	 * in, else the one in which the stream was assembled, else those of other models with
	 * the same message.
	 * @param model the model that is called
	 * @param request the request
	 * @param assembly the assembly of the stream, if it is one
	 * @param context the Reactor context of its subscriber
	 */
	OuterCalls around(CalledModel model, @Nullable ModelRequest<?> request, @Nullable StreamAssembly assembly,
			@Nullable ContextView context) {
		OuterCall outer = (context != null) ? context.getOrDefault(ModelCall.class, null) : null;
		if (outer == null) {
			outer = CallScope.current();
		}
		if (outer == null && assembly != null && assembly.outer() != null && assembly.outer().isOpen()) {
			outer = assembly.outer();
		}
		return (outer != null) ? OuterCalls.certain(outer) : OuterCalls.possible(find(model, request, true));
	}

	/**
	 * Link a call that has begun.
	 * @param call the call
	 * @param outers the calls that it is made for
	 */
	void begun(ModelCall call, OuterCalls outers) {
		outers.link(call);
		if (call.model().isObservedOnly()) {
			// A model of Spring AI may copy the messages first, but not their text
			for (ModelCall outer : find(call.model(), call.request(), false)) {
				if (!outers.calls().contains(outer)) {
					outer.link(call, false);
				}
			}
		}
		if (call.mayPassOn()) {
			Object question = questionOf(call.request());
			add(call, (question != null) ? question : UNKNOWN_QUESTION);
		}
	}

	private synchronized void add(ModelCall call, Object question) {
		removeAbandoned();
		Entry others = this.entries.get(question);
		if (others == null || others.size() < MAX_CALLS_OF_A_QUESTION) {
			this.entries.put(question, new Entry(call, this.abandoned, question, others));
			this.empty = false;
		}
	}

	private void removeAbandoned() {
		for (Reference<?> entry = this.abandoned.poll(); entry != null; entry = this.abandoned.poll()) {
			remove(entry, ((Entry) entry).question);
		}
	}

	private void remove(Reference<?> ended, Object question) {
		this.entries.computeIfPresent(question, (same, entry) -> entry.without(ended));
		this.empty = this.entries.isEmpty();
	}

	/**
	 * Forget a call that has ended.
	 */
	void ended(ModelCall call) {
		if (call.mayPassOn()) {
			Object question = questionOf(call.request());
			remove(call, (question != null) ? question : UNKNOWN_QUESTION);
		}
	}

	private synchronized void remove(ModelCall call, Object question) {
		for (Entry entry = this.entries.get(question); entry != null; entry = entry.next) {
			if (entry.refersTo(call)) {
				remove(entry, question);
			}
		}
	}

	/**
	 * Return whether no call that may pass its request on is running.
	 */
	boolean isEmpty() {
		return this.empty;
	}

	private List<ModelCall> find(CalledModel model, @Nullable ModelRequest<?> request, boolean sameMessage) {
		Object question = this.empty ? null : questionOf(request);
		if (question == null) {
			return List.of();
		}
		List<ModelCall> found = new ArrayList<>();
		synchronized (this) {
			for (Entry entry = this.entries.get(question); entry != null; entry = entry.next) {
				ModelCall call = entry.get();
				if (call != null) {
					found.add(call);
				}
			}
		}
		found.removeIf((call) -> !call.isOpen() || call.model().isSameAs(model)
				|| (sameMessage && messageOf(call.request()) != messageOf(request)));
		return found;
	}

	private static @Nullable Object questionOf(@Nullable ModelRequest<?> request) {
		Object message = messageOf(request);
		return (message instanceof Message known && known.getText() != null) ? known.getText() : message;
	}

	/**
	 * Return what a request is recognized by: the last message of a prompt, which a new
	 * prompt with other options or other earlier messages shares.
	 */
	private static @Nullable Object messageOf(@Nullable ModelRequest<?> request) {
		if (request instanceof Prompt prompt) {
			List<Message> messages = prompt.getInstructions();
			// A mock has none at all
			return CollectionUtils.isEmpty(messages) ? null : messages.get(messages.size() - 1);
		}
		return request;
	}

	private static final class Entry extends WeakReference<ModelCall> {

		private final Object question;

		private @Nullable Entry next;

		Entry(ModelCall call, ReferenceQueue<ModelCall> queue, Object question, @Nullable Entry next) {
			super(call, queue);
			this.question = question;
			this.next = next;
		}

		int size() {
			return 1 + ((this.next != null) ? this.next.size() : 0);
		}

		@Nullable Entry without(Reference<?> ended) {
			if (this == ended) {
				return this.next;
			}
			this.next = (this.next != null) ? this.next.without(ended) : null;
			return this;
		}

	}

}
