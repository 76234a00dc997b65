// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.ModelRequest;

/**
 * The calls of models that may pass their requests on, as long as they run, by what they
 * were asked. So a call for them is found that is made on another thread, where nothing
 * else connects the two. Keeps no call alive; safe for any thread, and holds its lock for
 * a moment only.
 */
final class OpenCalls {

	private final WeakIdentityMap<List<Reference<ModelCall>>> calls = new WeakIdentityMap<>();

	/**
	 * Return what a new call is made for: the call that the subscriber or the thread is
	 * in, else the one in which the stream was assembled, else those with the same
	 * request.
	 * @param request the request
	 * @param assembly the assembly of the stream, if it is one
	 * @param context the Reactor context of its subscriber
	 */
	List<? extends OuterCall> around(@Nullable ModelRequest<?> request, @Nullable StreamAssembly assembly,
			@Nullable ContextView context) {
		OuterCall outer = (context != null) ? context.getOrDefault(ModelCall.class, null) : null;
		if (outer == null) {
			outer = CallScope.current();
		}
		if (outer == null && assembly != null && assembly.outer() != null && assembly.outer().isOpen()) {
			outer = assembly.outer();
		}
		return (outer != null) ? List.of(outer) : withSame(questionOf(request));
	}

	private List<ModelCall> withSame(@Nullable Object question) {
		return (question == null || this.calls.isEmpty()) ? List.of()
				: open(question).stream().map(Reference::get).filter((call) -> call != null && call.isOpen()).toList();
	}

	/**
	 * Link a call that has begun.
	 * @param call the call
	 * @param outers the calls that it is made for
	 */
	void begun(ModelCall call, List<? extends OuterCall> outers) {
		outers.forEach((outer) -> outer.link(call, true));
		if (call.model().isObservedOnly()) {
			// A model of Spring AI may copy the prompt first, but not the text
			withSame(textOf(call.request())).stream()
				.filter((outer) -> !outers.contains(outer))
				.forEach((outer) -> outer.link(call, false));
		}
		if (call.mayPassOn()) {
			add(call, questionOf(call.request()));
			add(call, textOf(call.request()));
		}
	}

	/**
	 * Forget a call that has ended.
	 */
	void ended(ModelCall call) {
		if (call.mayPassOn()) {
			remove(call, questionOf(call.request()));
			remove(call, textOf(call.request()));
		}
	}

	private synchronized void add(ModelCall call, @Nullable Object question) {
		if (question != null) {
			List<Reference<ModelCall>> open = open(question);
			open.add(new WeakReference<>(call));
			this.calls.put(question, open);
		}
	}

	private synchronized void remove(ModelCall call, @Nullable Object question) {
		if (question != null) {
			List<Reference<ModelCall>> open = open(question);
			open.removeIf((reference) -> reference.refersTo(call));
			if (open.isEmpty()) {
				this.calls.remove(question);
			}
			else {
				this.calls.put(question, open);
			}
		}
	}

	/**
	 * Return a copy of the calls with a request that are known, without those that nobody
	 * holds any more.
	 */
	private List<Reference<ModelCall>> open(Object question) {
		List<Reference<ModelCall>> open = new ArrayList<>(1);
		List<Reference<ModelCall>> known = this.calls.get(question);
		if (known != null) {
			known.stream().filter((reference) -> !reference.refersTo(null)).forEach(open::add);
		}
		return open;
	}

	/**
	 * Return what a request is recognized by: the last message of a prompt, which a new
	 * prompt with other options or other earlier messages shares.
	 */
	private static @Nullable Object questionOf(@Nullable ModelRequest<?> request) {
		return (request instanceof Prompt prompt) ? lastMessageOf(prompt) : request;
	}

	private static @Nullable Object textOf(@Nullable ModelRequest<?> request) {
		Message message = (request instanceof Prompt prompt) ? lastMessageOf(prompt) : null;
		return (message != null) ? message.getText() : null;
	}

	private static @Nullable Message lastMessageOf(Prompt prompt) {
		List<Message> messages = prompt.getInstructions();
		return messages.isEmpty() ? null : messages.get(messages.size() - 1);
	}

}
