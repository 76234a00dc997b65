// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

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

	/** By the text of the last message, which a copy of a prompt shares. */
	private final WeakIdentityMap<Entry> entries = new WeakIdentityMap<>();

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
		Object question = call.mayPassOn() ? questionOf(call.request()) : null;
		if (question != null) {
			synchronized (this) {
				this.entries.put(question, new Entry(new WeakReference<>(call), without(null, question)));
			}
		}
	}

	/**
	 * Forget a call that has ended.
	 */
	void ended(ModelCall call) {
		Object question = call.mayPassOn() ? questionOf(call.request()) : null;
		if (question != null) {
			synchronized (this) {
				Entry others = without(call, question);
				if (others != null) {
					this.entries.put(question, others);
				}
				else {
					this.entries.remove(question);
				}
			}
		}
	}

	/**
	 * Return the other calls with a question, but those that nobody holds any more.
	 */
	private @Nullable Entry without(@Nullable ModelCall call, Object question) {
		Entry others = null;
		for (Entry entry = this.entries.get(question); entry != null; entry = entry.next()) {
			if (!entry.call().refersTo(call) && !entry.call().refersTo(null)) {
				others = new Entry(entry.call(), others);
			}
		}
		return others;
	}

	private List<ModelCall> find(CalledModel model, @Nullable ModelRequest<?> request, boolean sameMessage) {
		Object question = this.entries.isEmpty() ? null : questionOf(request);
		if (question == null) {
			return List.of();
		}
		List<ModelCall> found = new ArrayList<>();
		for (Entry entry = this.entries.get(question); entry != null; entry = entry.next()) {
			ModelCall call = entry.call().get();
			if (call != null && call.isOpen() && !call.model().isSameAs(model)
					&& (!sameMessage || messageOf(call.request()) == messageOf(request))) {
				found.add(call);
			}
		}
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

	private record Entry(WeakReference<ModelCall> call, @Nullable Entry next) {
	}

}
